import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Console, openConsole } from './console.ts';
import { openPage } from './every-page.ts';

// What a first visit loads, counted over the network from what really came, compressed with gzip as every proxy can. Bodies
// alone: heads are some 0.7 kB each here, and almost nothing where a proxy speaks HTTP/2.

let desk: Console;
before(async () => {
  desk = await openConsole({ plugins: ['tasks', 'notifications', 'notes'] });
});
after(() => desk[Symbol.asyncDispose]());

type Weight = { kilobytes: number; requests: number; heaviest: string };

/** Counts the bytes of all answers while `visit` goes on, with an empty cache. */
async function weighed(page: Page, visit: () => Promise<void>): Promise<Weight> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  // Not in the protocol's types of playwright, since it is experimental.
  await client.send('Network.setAcceptedEncodings' as never, { encodings: ['gzip'] } as never);
  const urls = new Map<string, string>();
  const bodies = new Map<string, number>();
  client.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  client.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    bodies.set(requestId, (bodies.get(requestId) ?? 0) + encodedDataLength);
  });
  await visit();
  const sizes = [...bodies].map(([id, bytes]) => ({ url: urls.get(id) ?? '?', bytes }));
  const [heaviest] = sizes.toSorted((a, b) => b.bytes - a.bytes);
  return {
    kilobytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1000,
    requests: sizes.length,
    heaviest: `${new URL(heaviest!.url).pathname} ${Math.round(heaviest!.bytes / 1000)} kB`,
  };
}

test('a stranger who comes to the console loads the sign-in, below 120 kB', async (context) => {
  const page = await desk.window({ storageState: { cookies: [], origins: [] } });
  const weight = await weighed(page, async () => {
    await page.goto(desk.url);
    await page.getByRole('textbox', { name: 'Password' }).waitFor();
    await page.waitForLoadState('networkidle');
  });
  context.diagnostic(JSON.stringify(weight));
  assert.ok(weight.requests >= 3, 'page, styles and typeface came');
  assert.ok(weight.kilobytes < 120, JSON.stringify(weight));
  await page.close();
});

test('home with its widgets comes below 350 kB, and nothing on it jumps', async (context) => {
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    Object.assign(globalThis, { tcShift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        (globalThis as unknown as { tcShift: number }).tcShift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const weight = await weighed(page, async () => {
    await openPage(page, desk.url, '');
    await page.getByRole('heading', { name: 'Unread' }).waitFor();
  });
  const shift = await page.evaluate(() => (globalThis as unknown as { tcShift: number }).tcShift);
  context.diagnostic(JSON.stringify({ ...weight, shift }));
  assert.ok(weight.requests > 10, 'the console came');
  assert.ok(weight.kilobytes < 350, JSON.stringify(weight));
  // Below 0.1 is what the web calls good.
  assert.ok(shift < 0.1, `things moved by ${shift}`);
  await page.close();
});
