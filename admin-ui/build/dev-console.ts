import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { devHead, guardedScreens, hotEntries, isEntry, screensOf } from './dev-plugins.ts';
import { shared } from './shared.ts';

// The console from its sources: shell and screens of all plugins by one Vite, which tells open tabs what changed. The
// platform stays as it is; it is only told of a “build” whose entries are the source files (`writeStandIn`).

export type DevConsole = AsyncDisposable & {
  /** Answers what is a file of the console or one of its pages; false: it is for the platform. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
};

const ofPlatform = /^\/(api|auth|oidc|\.well-known|health|metrics)(\/|$)/;

export async function makeDevConsole(needs: {
  /** Where admin-ui and plugins are. */
  root: string;
  /** `/tc`, or nothing. */
  base: string;
  /** Its WebSocket tells of changes. */
  server: Server;
  hosts?: readonly string[];
  /** Further folders that sources may come from. */
  allow?: readonly string[];
}): Promise<DevConsole> {
  const { root, base } = needs;
  const folder = join(root, 'admin-ui');
  const vite = await createServer({
    configFile: false,
    root: folder,
    base: `${base}/`,
    appType: 'custom',
    logLevel: 'warn',
    cacheDir: join(root, 'node_modules', '.cache', 'task-connect', 'vite'),
    html: { cspNonce: '%NONCE%' },
    plugins: [
      guardedScreens(root),
      hotEntries(root),
      // An entry takes itself over; React’s own way is for files that have components alone.
      react({ exclude: [/\/screens\/index\.tsx$/, /\/node_modules\//] }),
      devHead,
    ],
    resolve: { dedupe: ['react', 'react-dom', '@mantine/core', '@tanstack/react-query'] },
    // All at the beginning: one that is found later has every tab load again.
    optimizeDeps: {
      entries: ['src/main.ts', 'sdk/index.ts', '../plugins/*/screens/index.tsx'],
      include: shared.filter((name) => name !== '@task-connect/console'),
    },
    server: {
      middlewareMode: true,
      hmr: { server: needs.server },
      fs: { allow: [root, ...(needs.allow ?? [])] },
      allowedHosts: [...(needs.hosts ?? [])],
      watch: { ignored: ['**/dist/**', '**/e2e/**'] },
    },
  });

  const page = async (path: string) => {
    const nonce = randomBytes(16).toString('base64');
    const html = await vite.transformIndexHtml(path, readFileSync(join(folder, 'index.html'), 'utf8'));
    return { html: html.replaceAll('%BASE%', `${base}/`).replaceAll('%NONCE%', nonce), policy: policyOf(nonce) };
  };

  return {
    async handle(request, response) {
      const [path = '/', search] = (request.url ?? '/').split('?');
      if (!path.startsWith(`${base}/`)) return false;
      const below = path.slice(base.length);
      if (ofPlatform.test(below)) return false;
      const source = join(root, below);
      // The address by which the platform names it; Vite knows files outside of its root by another.
      if (isEntry(root, source)) request.url = `${base}/@fs${source}${search ? `?${search}` : ''}`;
      const asked = await new Promise<boolean>((resolve, reject) => {
        response.once('close', () => resolve(false));
        vite.middlewares(request, response, (error?: unknown) => (error ? reject(error) : resolve(true)));
      });
      if (!asked) return true;
      if (request.method !== 'GET' || !request.headers.accept?.includes('text/html')) return false;
      const { html, policy } = await page(`${base}/index.html`);
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': policy,
      });
      response.end(html);
      return true;
    },
    [Symbol.asyncDispose]: () => vite.close(),
  };
}

/** As the platform’s own, and the WebSocket that tells of changes. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss:",
    "worker-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** What the platform reads in the place of a build: entries that are sources. */
export function writeStandIn(root: string, folder: string): void {
  const write = (path: string, content: object) => writeFileSync(join(folder, path), JSON.stringify(content));
  mkdirSync(folder, { recursive: true });
  write('console.json', { buildId: 'dev' });
  for (const { id } of screensOf(root)) {
    mkdirSync(join(folder, 'plugins', id), { recursive: true });
    write(join('plugins', id, 'manifest.json'), { entry: { file: 'screens/index.tsx', isEntry: true } });
    write(join('plugins', id, 'screens.json'), { publicPages: true });
  }
}
