import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildScreens } from '../build/build-screens.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of the plugins that only tests have. */
export const testPlugins = fileURLToPath(new URL('./plugins/', import.meta.url));

/** The built console, with the screens of these plugins beside those of the repository; gone when the test ends. */
export async function consoleWith(ids: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tc-console-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'admin-ui', 'dist'), folder, { recursive: true });
  for (const id of ids) {
    await buildScreens({ folder: join(testPlugins, id), root, outDir: join(folder, 'plugins', id) });
  }
  return folder;
}
