import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { TestBrowser } from '../../identity/test-browser.ts';
import { makeClient } from '../../testing/client.ts';
import { startPlatform } from '../test-platform.ts';

/** A port that is free now; the public address names it before it is opened. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const port = await freePort();
const publicUrl = `http://127.0.0.1:${port}/tc`;
const app = await startPlatform({ settings: { port, publicUrl, oidcAudience: `${publicUrl}/api` } });
after(() => app[Symbol.asyncDispose]());

const ines = { name: 'Ines Walter', address: 'ines@lanternyard.example', password: 'cut webbing at nine' };

async function signedIn() {
  const browser = new TestBrowser(app.url, publicUrl, {});
  const page = await browser.open(`${publicUrl}/auth/login?return=/tc/tasks`);
  const landed = await browser.fill(page, { address: ines.address, password: ines.password });
  const cookie = browser.cookies.find(({ name }) => name.startsWith('tc_session_'))!;
  return { browser, landed, headers: { cookie: `${cookie.name}=${cookie.value}` } };
}

test('through the whole platform, under a base path: sign in, see one’s browsers, sign one out', async () => {
  await app.platform.identity.createPerson(ines);
  const [first, second] = [await signedIn(), await signedIn()];
  assert.equal(first.landed.url, `${publicUrl}/tasks`);
  const client = makeClient(`${app.url}/tc`, {});
  assert.equal((await client.get('/api/me', first.headers)).body.name, ines.name);

  const { items } = (await client.get('/api/me/sessions', first.headers)).body;
  assert.equal(items.length, 2);
  assert.deepEqual(Object.keys(items[0]).sort(), [
    'address',
    'createdAt',
    'expiresAt',
    'here',
    'id',
    'lastSeenAt',
    'userAgent',
  ]);
  assert.equal(items[0].address, '127.0.0.1');

  const id = items.at(-1).id;
  const write = { ...second.headers, 'sec-fetch-site': 'same-origin', 'x-requested-with': 'tc' };
  assert.equal((await client.delete(`/api/me/sessions/${id}`, second.headers)).status, 403);
  assert.equal((await client.delete(`/api/me/sessions/${id}`, write)).status, 204);
  while ((await client.get('/api/me', first.headers)).status !== 401)
    await new Promise((resolve) => setImmediate(resolve));
  assert.equal((await client.get('/api/me', second.headers)).status, 200);
  // The provider’s session went with it: that browser is asked for the password again.
  assert.match((await first.browser.open(`${publicUrl}/auth/login`)).text, /name="password"/);

  await app.settled();
  const log = await makeClient(`${app.url}/tc`, app.as('administrator')).get(
    '/api/platform/audit?action=session.ended',
  );
  assert.deepEqual(
    log.body.items.map((line: { subject: string }) => line.subject.endsWith(`/${id}`)),
    [true],
  );
  const mine = (await client.get('/api/me/sessions', second.headers)).body.items;
  assert.deepEqual(
    mine.map((session: { here: boolean }) => session.here),
    [true],
  );

  const stranger = app.as('stranger');
  const left = (await client.get('/api/me/sessions', second.headers)).body.items[0].id;
  assert.equal((await makeClient(`${app.url}/tc`, stranger).delete(`/api/me/sessions/${left}`)).status, 404);
});

test('discovery, keys and style are served below the base path', async () => {
  for (const path of ['/.well-known/openid-configuration', '/oidc/.well-known/openid-configuration']) {
    const document = (await (await fetch(publicUrl + path)).json()) as Record<string, string>;
    assert.deepEqual([document.issuer, document.jwks_uri], [publicUrl, `${publicUrl}/oidc/jwks`]);
  }
  const { keys } = (await (await fetch(`${publicUrl}/oidc/jwks`)).json()) as { keys: Record<string, string>[] };
  assert.equal(keys.length, 2);
  assert.ok(keys.every((key) => key.alg === 'ES256' && !('d' in key)));
  for (const [file, type] of [
    ['pages.css', 'text/css; charset=utf-8'],
    ['hanken-grotesk.woff2', 'font/woff2'],
  ])
    assert.equal((await fetch(`${publicUrl}/oidc/${file}`)).headers.get('content-type'), type);
});
