import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { makeTestPlatform, type TestPlatform } from '@task-connect/testing';
import { openBrowser } from '@task-connect/testing/browser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

// A person before the console of a whole platform, in a real browser. What the browser complains of (its policy, an
// error nobody caught) fails the test, whatever else it looked at.

const password = 'webbing and jute, 35 kg';

export type Console = AsyncDisposable & {
  test: TestPlatform;
  /** The console’s address, ending in a slash. */
  url: string;
  /** A signed-in page; `open` takes a path of the console. */
  page: Page;
  open(path: string): Promise<void>;
  /** Another window of the same person, with its own size, scheme and so on. */
  window(options: BrowserContextOptions): Promise<Page>;
  /** Complaints that a test expects: they are taken off the list when they match. */
  expectComplaint(pattern: RegExp): void;
};

export async function openConsole(
  options: {
    plugins?: readonly string[] | 'all';
    base?: string;
    administrator?: boolean;
    /** Folders with plugins that only tests have, and a console that has their screens. */
    pluginFolders?: readonly string[];
    consoleFolder?: string;
  } = {},
): Promise<Console> {
  await using stack = new AsyncDisposableStack();
  const port = await freePort();
  const base = options.base ?? '';
  const publicUrl = `http://127.0.0.1:${port}${base}`;
  const { plugins = [], pluginFolders = [], consoleFolder } = options;
  const test = stack.use(
    await makeTestPlatform({
      plugins,
      pluginFolders,
      settings: { port, publicUrl },
      ...(consoleFolder === undefined ? {} : { consoleFolder }),
    }),
  );
  const browser = stack.adopt(await openBrowser(), (opened) => opened.close());
  const complaints: string[] = [];
  const expected: RegExp[] = [];
  const url = `${publicUrl}/`;
  const first = await newPage(browser, { viewport: { width: 1440, height: 900 } }, complaints);
  await signInAs(first, url, test.platform, options.administrator === false ? [] : ['administrator']);
  const storageState = await first.context().storageState();
  stack.defer(() => {
    const unexpected = complaints.filter((one) => !expected.some((pattern) => pattern.test(one)));
    // Told here as well: where the test has failed too, its runner shows neither.
    if (unexpected.length > 0) process.stderr.write(`The browser complained: ${unexpected.join('\n')}\n`);
    assert.deepEqual(unexpected, [], 'the browser complained');
  });
  const owned = stack.move();
  return {
    test,
    url,
    page: first,
    async open(path) {
      await first.goto(url + path.replace(/^\//, ''));
    },
    window: (given) => newPage(browser, { storageState, ...given }, complaints),
    expectComplaint: (pattern) => void expected.push(pattern),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function newPage(browser: Browser, options: BrowserContextOptions, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // That nobody is signed in yet is an answer, which the browser writes down as a failure.
    if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text());
  });
  return page;
}

/** Makes Ines Calder an account, and signs her in by the pages. */
export async function signInAs(
  page: Page,
  url: string,
  platform: TestPlatform['platform'],
  platformRoles = ['administrator'],
): Promise<void> {
  const address = 'ines.calder@example.test';
  await platform.identity.createPerson({
    name: 'Ines Calder',
    address,
    password,
    verified: true,
    zone: 'Europe/Berlin',
    locale: 'en-GB',
    platformRoles,
  });
  await signInWith(page, url, address, password);
}

/** Signs somebody in by the pages. */
export async function signInWith(page: Page, url: string, address: string, secret: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Mail address').fill(address);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
