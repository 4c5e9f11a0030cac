import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildScreens } from './build/build-screens.ts';
import { buildShell } from './build/build-shell.ts';
import { writeConsoleManifest } from './build/console-manifest.ts';
import { bundledPackages, writeLicences } from './build/licences.ts';

// Builds the console and the screens of every plugin in plugins/ into admin-ui/dist. It is made aside and put in place
// when it is whole: a build that fails leaves the one before.

const folder = dirname(fileURLToPath(import.meta.url));
const root = dirname(folder);
const dist = join(folder, 'dist');
const making = join(root, 'node_modules', '.cache', 'task-connect', `console-${process.pid}`);

async function foldersWithScreens(): Promise<string[]> {
  const plugins = join(root, 'plugins');
  const names = existsSync(plugins) ? await readdir(plugins) : [];
  return names
    .sort()
    .map((name) => join(plugins, name))
    .filter((plugin) => existsSync(join(plugin, 'screens', 'index.tsx')));
}

/** Two renames, so that a server that reads meanwhile misses the files for no longer than that. */
async function replace(folder: string, by: string): Promise<void> {
  const before = `${by}-before`;
  if (existsSync(folder)) await rename(folder, before);
  await rename(by, folder);
  await rm(before, { recursive: true, force: true });
}

try {
  await mkdir(making, { recursive: true });
  const packages = new Set<string>();
  const watching = [bundledPackages(packages)];
  await buildShell(folder, making, watching);
  for (const plugin of await foldersWithScreens()) {
    await buildScreens({
      folder: plugin,
      root,
      watching,
      outDir: join(making, 'plugins', plugin.slice(dirname(plugin).length + 1)),
    });
  }
  const { buildId } = await writeConsoleManifest(making);
  await writeLicences(making, packages);
  await replace(dist, making);
  process.stdout.write(`The console is built (${buildId}).\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(making, { recursive: true, force: true });
}
