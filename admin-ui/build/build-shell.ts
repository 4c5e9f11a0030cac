import { build, type Plugin } from 'vite';
import { sharedModules } from './shared-modules.ts';

/** Builds the console itself into `outDir`. */
export async function buildShell(folder: string, outDir: string, watching: readonly Plugin[] = []): Promise<void> {
  await build({
    configFile: false,
    root: folder,
    base: './',
    logLevel: 'warn',
    plugins: [sharedModules(), ...watching],
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
      // Data addresses are for small icons only; a font must stay a file to be cached.
      assetsInlineLimit: 0,
      rolldownOptions: {
        // Libraries mark their files for React's server; there is none here.
        onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
      },
    },
  });
}
