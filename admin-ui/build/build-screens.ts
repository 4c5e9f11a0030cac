import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, esmExternalRequirePlugin, type Plugin, parseAst } from 'vite';
import { type RefusedImport, screensGuard } from './screens-guard.ts';
import { shared } from './shared.ts';

/** Builds the screens of one plugin, alone, into `outDir`: an entry with a hashed name, its styles, its lazy parts. */
export async function buildScreens(plugin: {
  folder: string;
  root: string;
  outDir: string;
  watching?: readonly Plugin[];
}): Promise<void> {
  const manifest = JSON.parse(await readFile(join(plugin.folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const entry = join(plugin.folder, 'screens', 'index.tsx');
  let refusal: RefusedImport | undefined;
  const guard = screensGuard({
    ...plugin,
    dependencies: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
    refused: (error) => {
      refusal ??= error;
    },
  });
  try {
    await build({
      configFile: false,
      root: plugin.folder,
      // Relative, so that the same files work under every base path.
      base: './',
      publicDir: false,
      logLevel: 'silent',
      // Two plugins may have files of the same name; their classes must not meet in one page.
      css: { modules: { generateScopedName: `${basename(plugin.folder)}-[local]-[hash:base64:5]` } },
      plugins: [guard, esmExternalRequirePlugin({ external: [...shared] }), ...(plugin.watching ?? [])],
      build: {
        outDir: plugin.outDir,
        emptyOutDir: true,
        manifest: 'manifest.json',
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: { plugin: entry },
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: 'assets/[name]-[hash].js' },
        },
      },
    });
  } catch (error) {
    throw refusal ?? new Error(`The screens of ${basename(plugin.folder)} could not be built: ${String(error)}`);
  }
  const about = { publicPages: declares('publicPages', await readFile(entry, 'utf8')) };
  await writeFile(join(plugin.outDir, 'screens.json'), `${JSON.stringify(about)}\n`);
}

/** Whether an object in this source has the property; the server names only such screens to strangers. */
function declares(property: string, source: string): boolean {
  const holds = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(holds);
    if (node === null || typeof node !== 'object') return false;
    const { type, key } = node as { type?: string; key?: { name?: string } };
    return (type === 'Property' && key?.name === property) || Object.values(node).some(holds);
  };
  return holds(parseAst(source, { lang: 'tsx' }));
}
