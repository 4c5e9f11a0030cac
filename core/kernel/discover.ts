import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from '@task-connect/sdk';

// Finds plugins by their manifest: a package.json with `"taskConnect": { "plugin": "./plugin.ts" }`, in the folders of
// plugins and among the installed packages that the root names as dependencies. Finding runs no code of theirs. A folder
// whose manifest cannot be read is found as well, so that somebody is told.

export type Discovered = {
  /** The folder’s name until the contract is read. */
  id: string;
  folder: string;
  packageName: string;
  version: string;
  description: string;
  /** Changes with the file that is loaded: what failed is worth another try then. */
  stamp: string;
  load(): Promise<Plugin>;
};

type Manifest = { name?: string; version?: string; description?: string; taskConnect?: { plugin?: string } };

/** Undefined where there is none; throws when it cannot be read. */
function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) throw new Error('it holds no object');
  return manifest as Manifest;
}

const text = (value: unknown, otherwise: string) => (typeof value === 'string' && value !== '' ? value : otherwise);

// A module that threw stays thrown in Node's cache; another address makes it a new one.
const tries = new Map<string, number>();

async function loadPlugin(file: string, entry: string): Promise<Plugin> {
  const before = tries.get(file) ?? 0;
  tries.set(file, before + 1);
  const { default: plugin } = (await import(`${pathToFileURL(file).href}${before === 0 ? '' : `?try=${before}`}`)) as {
    default?: Plugin;
  };
  if (!plugin?.contract?.id) throw new Error(`${entry} has no default export made by declarePlugin(…).plugin(…).`);
  return plugin;
}

const stampOf = (file: string) => `${file} ${statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 'absent'}`;

function discoverIn(folder: string, isPlace: boolean): Discovered | undefined {
  const id = basename(folder);
  const unread = { id, folder, packageName: id, version: '0.0.0', description: '' };
  let manifest: Manifest | undefined;
  try {
    manifest = readManifest(folder);
  } catch (error) {
    // Among installed packages it may be anything.
    if (!isPlace) return undefined;
    const file = join(folder, 'package.json');
    return {
      ...unread,
      stamp: stampOf(file),
      load: () => Promise.reject(new Error(`${file} cannot be read: ${(error as Error).message}.`)),
    };
  }
  const entry = manifest?.taskConnect?.plugin;
  if (!manifest || typeof entry !== 'string') return undefined;
  const file = join(folder, entry);
  return {
    id,
    folder,
    packageName: text(manifest.name, id),
    version: text(manifest.version, '0.0.0'),
    description: text(manifest.description, ''),
    stamp: stampOf(file),
    load: () => loadPlugin(file, entry),
  };
}

const foldersIn = (parent: string) =>
  existsSync(parent)
    ? readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
        .map((entry) => join(parent, entry.name))
        .sort()
    : [];

const dependenciesOf = (root: string): string[] => {
  const { dependencies = {} } = (readManifest(root) ?? {}) as { dependencies?: Record<string, string> };
  return Object.keys(dependencies);
};

/** All plugins that are there now; reads the disk each time, so that a new one is found without a restart. */
export function discover(needs: { root: string; folders: readonly string[] }): Discovered[] {
  const places = new Set([join(needs.root, 'plugins'), ...needs.folders].flatMap(foldersIn));
  const packages = dependenciesOf(needs.root).map((name) => join(needs.root, 'node_modules', name));
  return [
    ...[...places].map((folder) => discoverIn(folder, true)),
    ...packages.map((folder) => discoverIn(folder, false)),
  ].filter((found) => found !== undefined);
}
