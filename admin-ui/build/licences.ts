import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

// Which packages of others went into the console, with their licences: dist/licences.json. An image holds what was built
// of them and not the packages, so this is the last moment to read the texts.

/** Watches a build, and adds the folder of each package that it reads a module of. */
export const bundledPackages = (folders: Set<string>): Plugin => ({
  name: 'task-connect:bundled-packages',
  buildEnd() {
    for (const id of this.getModuleIds()) {
      const folder = packageOf(id);
      if (folder) folders.add(folder);
    }
  },
});

/** The folder of the package in whose `node_modules` a module lies; undefined for our own. */
export const packageOf = (id: string): string | undefined =>
  /^\0?(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(id)?.[1];

/** Writes those of `folders` into a build that is done. */
export async function writeLicences(dist: string, folders: ReadonlySet<string>): Promise<void> {
  const packages = await Promise.all(
    [...folders].filter((folder) => existsSync(join(folder, 'package.json'))).map(read),
  );
  const named = packages.filter(({ name, version }) => name && version);
  await writeFile(join(dist, 'licences.json'), JSON.stringify(named.toSorted((a, b) => (a.name < b.name ? -1 : 1))));
}

async function read(folder: string) {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const { name, version, license, homepage } = manifest;
  return {
    name: String(name ?? ''),
    version: String(version ?? ''),
    licence: typeof license === 'string' ? license : 'not stated',
    homepage: typeof homepage === 'string' && /^https?:\/\//.test(homepage) ? homepage : null,
    text: file ? (await readFile(join(folder, file), 'utf8')).slice(0, 200_000) : null,
  };
}
