import { builtinModules } from 'node:module';
import { relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { shared } from './shared.ts';

const isShared = (name: string) => (shared as readonly string[]).includes(name);
const sharedPackages = new Set(shared.map(packageOf));
const serverOnly = new Set([
  'objection',
  'knex',
  'pg',
  'koa',
  'task-connect',
  '@task-connect/sdk',
  '@task-connect/testing',
]);

/** An import that a screen must not have; the message is all that its author needs. */
export class RefusedImport extends Error {}

/** A plugin as its screens are built. */
export type GuardedPlugin = { folder: string; root: string; dependencies: readonly string[] };

/**
 * Holds what screens may import: shared packages, files of their own plugin, and the dependencies that its package.json
 * declares. Everything else would fail in the browser, later and with a worse message.
 */
export function screensGuard(
  plugin: GuardedPlugin & {
    /** The bundler wraps errors in its own words; this is told ours. */
    refused(error: RefusedImport): void;
  },
): Plugin {
  const refusalOf = importRule(plugin);
  return {
    name: 'task-connect:screens-guard',
    enforce: 'pre',
    resolveId(source, importer) {
      const error = refusalOf(source, importer);
      if (error === undefined) return undefined;
      plugin.refused(error);
      throw error;
    },
  };
}

/** Why a file of this plugin’s screens must not import that; undefined when it may. */
export function importRule(plugin: GuardedPlugin): (source: string, importer?: string) => RefusedImport | undefined {
  const ownFolder = resolve(plugin.folder) + sep;
  const isOwn = (file: string) => file.startsWith(ownFolder) && !file.includes(`${sep}node_modules${sep}`);

  return (source, importer) => {
    if (importer === undefined || source.startsWith('\0') || importer.startsWith('\0')) return undefined;
    const reason = whyNot(source.split('?')[0]!, importer.split('?')[0]!);
    return reason === undefined
      ? undefined
      : new RefusedImport(`${relative(plugin.root, importer)} imports “${source}”: ${reason}`);
  };

  function whyNot(source: string, importer: string): string | undefined {
    if (source.startsWith('.') || source.startsWith('/')) {
      if (!isOwn(importer) || isOwn(resolve(importer, '..', source))) return undefined;
      return 'that file is outside of the plugin. A plugin’s screens use its own files only.';
    }
    const name = packageOf(source);
    if (source.startsWith('node:') || builtinModules.includes(name)) {
      return 'a browser has no such module of Node. Move what the screen needs into a file that imports zod alone.';
    }
    if (isShared(source)) return undefined;
    if (serverOnly.has(name)) {
      return 'it runs on the server only. Move what the screen needs into a file that imports zod alone.';
    }
    if (sharedPackages.has(name)) return `“${name}” is shared, but this part of it is not. Import from “${name}”.`;
    if (!isOwn(importer) || plugin.dependencies.includes(name)) return undefined;
    return 'it is neither shared nor among the dependencies of the plugin’s package.json. Add it there.';
  }
}

function packageOf(source: string): string {
  const parts = source.split('/');
  return source.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}
