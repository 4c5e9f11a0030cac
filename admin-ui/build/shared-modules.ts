import { createRequire } from 'node:module';
import type { Plugin, Rolldown } from 'vite';
import { shared, sharedCommonJs, sharedPrefix } from './shared.ts';

const require = createRequire(import.meta.url);

/**
 * Gives every shared package a chunk with all of its exports and writes the import map that leads there. The addresses
 * are relative and the page has a `<base>`, so that map and hash are the same under every base path.
 */
export function sharedModules(): Plugin {
  return {
    name: 'task-connect:shared-modules',
    enforce: 'pre',
    buildStart() {
      for (const name of shared) {
        this.emitFile({
          type: 'chunk',
          id: sharedPrefix + name,
          name: `shared-${name.replace(/[@/]/g, '_')}`,
          preserveSignature: 'strict',
        });
      }
    },
    resolveId: (id) => (id.startsWith(sharedPrefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${sharedPrefix}`)) return undefined;
      const name = id.slice(sharedPrefix.length + 1);
      if (name === '@mantine/core') return mantineFacade;
      return sharedCommonJs.includes(name) ? commonJsFacade(name) : `export * from ${JSON.stringify(name)};`;
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const addresses = new Map<string, string>();
        for (const chunk of Object.values(bundle ?? {})) {
          const id = chunk.type === 'chunk' ? chunk.facadeModuleId : null;
          if (id?.startsWith(`\0${sharedPrefix}`)) {
            addresses.set(id.slice(sharedPrefix.length + 1), `./${chunk.fileName}`);
          }
        }
        const preloads = chunksOf(bundle ?? {}, '/src/start.tsx').filter((file) => !html.includes(file));
        const imports = Object.fromEntries(shared.map((name) => [name, addresses.get(name)]));
        return html
          .replace('<!--head-->', head)
          .replace('<!--importmap-->', `<script type="importmap">${JSON.stringify({ imports })}</script>`)
          .replace('</head>', `${preloads.map(preload).join('')}</head>`);
      },
    },
  };
}

/** The chunk of a module and all that it imports; fetched while the first one asks who is signed in. */
function chunksOf(bundle: Rolldown.OutputBundle, module: string): string[] {
  const first = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith(module));
  const files = new Set<string>();
  const add = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    const chunk = bundle[file];
    if (chunk?.type === 'chunk') chunk.imports.forEach(add);
  };
  if (first) add(first.fileName);
  return [...files];
}

const preload = (file: string) => `  <link rel="modulepreload" crossorigin href="./${file}">\n  `;

// The server writes base path and nonce; the build writes its own name. Written here, because Vite would read the
// places as names of its own variables.
export const head = [
  '<base href="%BASE%">',
  '<meta property="csp-nonce" nonce="%NONCE%">',
  '<meta name="build" content="%BUILD%">',
  '<link rel="icon" href="./icon.svg" type="image/svg+xml">',
  '<script src="./scheme.js"></script>',
].join('\n    ');

// The console loads the styles of the kit’s controls alone; who takes other ones gets all of them.
const mantineFacade = `import sheet from '@mantine/core/styles.layer.css?url';
document.head.prepend(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: sheet }));
export * from '@mantine/core';`;

function commonJsFacade(name: string): string {
  // React's development build has more exports than its production build, and a missing one ends every screen.
  process.env.NODE_ENV = 'production';
  const names = Object.keys(require(name) as object).filter(
    (key) => key !== 'default' && /^[A-Za-z_$][\w$]*$/.test(key),
  );
  const exports = names.map((key) => `export const ${key} = module.${key};`).join('\n');
  return `import module from ${JSON.stringify(name)};\nexport default module;\n${exports}`;
}
