import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from '@task-connect/sdk';

// Finds plugins by their manifest: a package.json with `"taskConnect": { "plugin": "./plugin.ts" }`, in the folders of
// plugins and among the installed packages that the root names as dependencies. Finding runs no code of theirs.

export type Discovered = {
  /** The folder’s name until the contract is read. */
  id: string;
  folder: string;
  packageName: string;
  version: string;
  description: string;
  builtIn: boolean;
  load(): Promise<Plugin>;
};

type Manifest = { name?: string; version?: string; description?: string; taskConnect?: { plugin?: string } };

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

function discoverIn(folder: string): Discovered | undefined {
  const manifest = readManifest(folder);
  const entry = manifest?.taskConnect?.plugin;
  if (!manifest || !entry) return undefined;
  let tries = 0;
  return {
    id: basename(folder),
    folder,
    packageName: manifest.name ?? basename(folder),
    version: manifest.version ?? '0.0.0',
    description: manifest.description ?? '',
    builtIn: false,
    async load() {
      // A module that threw stays thrown in Node's cache; another address makes it a new one.
      const url = `${pathToFileURL(join(folder, entry)).href}${tries === 0 ? '' : `?try=${tries}`}`;
      tries += 1;
      const { default: plugin } = (await import(url)) as { default?: Plugin };
      tries = 0;
      if (!plugin?.contract?.id) throw new Error(`${entry} has no default export made by declarePlugin(…).plugin(…).`);
      return plugin;
    },
  };
}

const foldersIn = (parent: string) =>
  existsSync(parent)
    ? readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
        .map((entry) => join(parent, entry.name))
        .sort()
    : [];

/** All plugins that are there now; reads the disk each time, so that a new one is found without a restart. */
export function discover(needs: { root: string; folders: readonly string[] }): Discovered[] {
  const { dependencies = {} } = (readManifest(needs.root) ?? {}) as { dependencies?: Record<string, string> };
  const candidates = [
    ...foldersIn(join(needs.root, 'plugins')),
    ...needs.folders.flatMap(foldersIn),
    ...Object.keys(dependencies).map((name) => join(needs.root, 'node_modules', name)),
  ];
  return candidates.map(discoverIn).filter((found) => found !== undefined);
}
