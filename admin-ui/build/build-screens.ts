import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, esmExternalRequirePlugin } from 'vite';
import { type RefusedImport, screensGuard } from './screens-guard.ts';
import { shared } from './shared.ts';

/** Builds the screens of one plugin, alone, into `outDir`: an entry with a hashed name, its styles, its lazy parts. */
export async function buildScreens(plugin: { folder: string; root: string; outDir: string }): Promise<void> {
  const manifest = JSON.parse(await readFile(join(plugin.folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  let refusal: RefusedImport | undefined;
  const guard = screensGuard({
    ...plugin,
    dependencies: Object.keys(manifest.dependencies ?? {}),
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
      plugins: [guard, esmExternalRequirePlugin({ external: [...shared] })],
      build: {
        outDir: plugin.outDir,
        emptyOutDir: true,
        manifest: 'manifest.json',
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: { plugin: join(plugin.folder, 'screens', 'index.tsx') },
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: 'assets/[name]-[hash].js' },
        },
      },
    });
  } catch (error) {
    throw refusal ?? new Error(`The screens of ${basename(plugin.folder)} could not be built: ${String(error)}`);
  }
}
