import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What the server needs to know of a build; it stands in dist/console.json. */
export type ConsoleManifest = {
  /** Changes with every file of the console itself; an open tab compares it with its own and offers to reload. */
  buildId: string;
  /** The CSP source of the inline import map, `sha256-…`; the same under every base path. */
  importMapHash: string;
  /** The console's first module, relative to the base path. */
  entry: string;
};

/** Names the build, in console.json and in the page itself. */
export async function writeConsoleManifest(dist: string): Promise<ConsoleManifest> {
  const page = join(dist, 'index.html');
  const html = await readFile(page, 'utf8');
  const importMap = /<script type="importmap">(.*?)<\/script>/s.exec(html)?.[1];
  const entry = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(html)?.[1];
  if (importMap === undefined || entry === undefined) {
    throw new Error('The built index.html has no import map or no first module; look at admin-ui/index.html.');
  }
  const manifest: ConsoleManifest = {
    buildId: await digestOf(dist),
    importMapHash: `sha256-${createHash('sha256').update(importMap).digest('base64')}`,
    entry,
  };
  await writeFile(page, html.replaceAll('%BUILD%', manifest.buildId));
  await writeFile(join(dist, 'console.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function digestOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // Screens of plugins have names of their own and come into open tabs without a reload.
    .filter((file) => !relative(folder, file).startsWith('plugins'));
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash
      .update(relative(folder, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
