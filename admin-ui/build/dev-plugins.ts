import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { importRule } from './screens-guard.ts';
import { head } from './shared-modules.ts';

// What the development server adds to Vite, so that source files behave as the built ones do.

/** The entries of all plugins’ screens that are there now. */
export function screensOf(root: string): { id: string; entry: string }[] {
  const plugins = join(root, 'plugins');
  return readdirSync(plugins, { withFileTypes: true })
    .filter((folder) => folder.isDirectory())
    .map(({ name }) => ({ id: name, entry: join(plugins, name, 'screens', 'index.tsx') }))
    .filter(({ entry }) => existsSync(entry));
}

/** A plugin’s entry takes itself over: menu, pages and widgets change without a reload. */
export const hotEntries = (root: string): Plugin => ({
  name: 'task-connect:hot-entries',
  enforce: 'pre',
  transform(code, id) {
    if (!isEntry(root, id)) return undefined;
    const told = "new CustomEvent('task-connect:screens', { detail: next.default })";
    return `${code}\nif (import.meta.hot) import.meta.hot.accept((next) => next && dispatchEvent(${told}));\n`;
  },
});

/** The same imports are refused as by the build, with the same sentence. */
export const guardedScreens = (root: string): Plugin => ({
  name: 'task-connect:guarded-screens',
  enforce: 'pre',
  resolveId(source, importer) {
    const [, id] = importer?.startsWith(join(root, 'plugins') + sep) ? relative(root, importer).split(sep) : [];
    // Elements are made by another part of React than in the build.
    if (id === undefined || source === 'react/jsx-dev-runtime' || source.startsWith('/@')) return undefined;
    const folder = join(root, 'plugins', id);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies?: object };
    const refusal = importRule({ folder, root, dependencies: Object.keys(manifest.dependencies ?? {}) })(
      source,
      importer,
    );
    if (refusal) throw refusal;
    return undefined;
  },
});

/** The places of index.html that the build fills; there is no import map, since Vite resolves for plugins too. */
export const devHead: Plugin = {
  name: 'task-connect:dev-head',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<!--head-->', head).replace('<!--importmap-->', '').replaceAll('%BUILD%', 'dev'),
  },
};

export const isEntry = (root: string, id: string): boolean => {
  const file = id.split('?')[0]!;
  return basename(file) === 'index.tsx' && file.endsWith(join('screens', 'index.tsx')) && isOfPlugin(root, file);
};

const isOfPlugin = (root: string, file: string) => dirname(dirname(dirname(file))) === join(root, 'plugins');
