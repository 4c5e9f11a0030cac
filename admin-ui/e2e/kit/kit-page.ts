import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '@task-connect/testing/browser';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { type FakeApi, fakeApi } from './fake-api.ts';

// The kit’s components in a real browser: a small page built by Vite, under the policy of the console. What the browser
// complains of fails the tests, whatever else they looked at.

export type KitPage = AsyncDisposable & {
  url: string;
  api: FakeApi;
  /** A window that shows a scene. */
  open(scene: string, options?: BrowserContextOptions & { query?: string; clock?: boolean }): Promise<Page>;
  /** Complaints that a test expects. */
  expectComplaint(pattern: RegExp): void;
};

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export async function openKitPage(): Promise<KitPage> {
  await using stack = new AsyncDisposableStack();
  const outDir = await mkdtemp(join(tmpdir(), 'tc-kit-'));
  stack.defer(() => rm(outDir, { recursive: true, force: true }));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./page/', import.meta.url)),
    base: './',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify: false, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
  const api = stack.adopt(fakeApi(), (made) => made.close());
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://kit');
    if (pathname.startsWith('/api/')) api.answer(request, response);
    else void sendFile(outDir, pathname === '/' ? '/index.html' : pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  const browser = stack.adopt(await openBrowser(), (opened) => opened.close());
  const complaints: string[] = [];
  const expected: RegExp[] = [];
  stack.defer(() => {
    const unexpected = complaints.filter((one) => !expected.some((pattern) => pattern.test(one)));
    assert.deepEqual(unexpected, [], 'the browser complained');
  });
  const owned = stack.move();
  return {
    url,
    api,
    async open(scene, { query = '', clock = false, ...options } = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'America/New_York',
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      const page = await context.newPage();
      // A clock that goes only when the test lets it.
      if (clock) await page.clock.install();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(`${url}?scene=${scene}${query}`);
      await page.locator('main > *').first().waitFor();
      return page;
    },
    expectComplaint: (pattern) => void expected.push(pattern),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function sendFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const nonce = randomBytes(12).toString('base64');
  const file = await readFile(join(folder, path)).catch(() => undefined);
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  const policy = [
    "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'",
    `style-src 'self' 'nonce-${nonce}'; worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'`,
  ].join('; ');
  response.writeHead(200, {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': path.endsWith('.html')
      ? policy
      : "default-src 'none'; connect-src 'self'; script-src 'self'",
  });
  response.end(path.endsWith('.html') ? file.toString().replaceAll('%NONCE%', nonce) : file);
}
