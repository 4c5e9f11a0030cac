import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activate, ask, askRaw, startEdge } from './edge-for-tests.ts';
import { routes, things } from './things-for-tests.ts';

// Where a request comes from and where it thinks it is: proxies, hosts, base path, other origins.

const active = () => [activate(things.contract, routes)];
const addressOf = (edge: { lines: { fields: Record<string, unknown> }[] }) => edge.lines.at(-1)!.fields.address;

test('what a stranger says about addresses is not believed', async () => {
  await using edge = await startEdge(active(), { settings: { trustedProxies: ['10.0.0.0/8'] } });
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'made-up-by-me' };
  const answer = await ask(edge, '/api/things', { as: 'reader', headers });
  assert.equal(addressOf(edge), '127.0.0.1');
  assert.notEqual(answer.headers['x-request-id'], 'made-up-by-me');
});

test('a listed proxy is believed about the hop before it, and that hop no further', async () => {
  await using edge = await startEdge(active(), {
    settings: { trustedProxies: ['127.0.0.0/8', '10.0.0.0/8', '2001:db8::/32'] },
  });
  for (const [forwarded, address] of [
    ['203.0.113.9', '203.0.113.9'],
    ['1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['203.0.113.9, 2001:db8::5, 10.1.2.3', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['10.1.2.3', '10.1.2.3'],
    ['203.0.113.9, nonsense', '127.0.0.1'],
  ] as const) {
    await ask(edge, '/api/things', { as: 'reader', headers: { 'x-forwarded-for': forwarded } });
    assert.equal(addressOf(edge), address, forwarded);
  }
  const kept = await ask(edge, '/api/things', { as: 'reader', headers: { 'x-request-id': 'proxy-id-0001' } });
  assert.equal(kept.headers['x-request-id'], 'proxy-id-0001');
  const odd = await ask(edge, '/api/things', { as: 'reader', headers: { 'x-request-id': 'a b' } });
  assert.match(odd.headers['x-request-id']!, /^[0-9a-f-]{36}$/);
});

test('a list of proxies that cannot be read stops the start and says which entry', async () => {
  await assert.rejects(
    startEdge(active(), { settings: { trustedProxies: ['10.0.0.0/99'] } }),
    /TC_TRUSTED_PROXIES.*10\.0\.0\.0\/99/,
  );
});

test('a browser on another host is sent to the public address; programs are served where they are', async () => {
  await using edge = await startEdge(active(), { settings: { publicUrl: 'https://tc.example.org' } });
  const at = (path: string, host: string, more: object = {}) =>
    ask(edge, path, { headers: { host, accept: 'text/html' }, ...more });
  for (const host of ['127.0.0.1:8080', 'old.example.org', 'TC.example.org:8080', 'tc.example.org.evil.test']) {
    const sent = await at('/tasks?x=1', host);
    assert.equal(sent.status, 307, host);
    assert.equal(sent.headers.location, 'https://tc.example.org/tasks?x=1');
  }
  for (const host of ['tc.example.org', 'TC.EXAMPLE.ORG', 'tc.example.org:443']) {
    assert.notEqual((await at('/tasks', host)).status, 307, host);
  }
  assert.equal((await at('/health', '10.0.0.7:8080')).status, 200);
  assert.equal((await at('/metrics', '10.0.0.7:8080')).status, 401);
  assert.equal((await at('/api/things/at/x', '127.0.0.1:8080')).status, 200);
  assert.equal((await at('/api/things/at/x', 'localhost:9999')).status, 200);
  assert.equal((await at('/api/things/at/x', '[::1]:9999')).status, 200);
  assert.equal((await at('/api/things/at/x', 'old.example.org')).status, 307);
  const program = { headers: { host: 'app:8080', authorization: 'Bearer reader' } };
  assert.equal((await ask(edge, '/api/things', program)).status, 200);
  assert.equal((await ask(edge, '/api/things', { ...program, method: 'POST', body: '{}' })).status, 403);
});

test('behind a listed proxy the host is the forwarded one; without it nobody is sent round in circles', async () => {
  const settings = { publicUrl: 'https://tc.example.org', trustedProxies: ['127.0.0.1'] };
  await using edge = await startEdge(active(), { settings });
  const status = async (headers: Record<string, string>) => (await ask(edge, '/auth/echo', { headers })).status;
  assert.equal(await status({ host: 'app:8080', 'x-forwarded-host': 'tc.example.org' }), 200);
  assert.equal(await status({ host: 'app:8080', 'x-forwarded-host': 'old.example.org' }), 307);
  assert.equal(await status({ host: 'tc.example.org', 'x-forwarded-host': 'old.example.org' }), 307);
  assert.equal(await status({ host: 'app:8080' }), 200);
});

test('a host that a stranger forwards is not the host', async () => {
  await using edge = await startEdge(active(), { settings: { publicUrl: 'https://tc.example.org' } });
  const headers = { host: 'old.example.org', 'x-forwarded-host': 'tc.example.org' };
  assert.equal((await ask(edge, '/auth/echo', { headers })).status, 307);
});

test('identity sees the public address, whatever a client forwards', async () => {
  await using edge = await startEdge(active(), { settings: { publicUrl: 'https://tc.example.org' } });
  const headers = { host: 'tc.example.org', 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'http' };
  const echo = await ask(edge, '/auth/echo', { headers });
  assert.deepEqual(echo.json, {
    ip: '127.0.0.1',
    host: 'tc.example.org',
    protocol: 'https',
    secure: true,
    href: 'https://tc.example.org/auth/echo',
  });
  assert.equal(echo.headers['strict-transport-security'], 'max-age=31536000');
});

test('everything is below the base path; health answers without it too', async () => {
  const settings = { publicUrl: 'http://localhost:8080/tc/' };
  await using edge = await startEdge(active(), { settings, basePath: '/tc' });
  assert.equal((await ask(edge, '/tc/api/things', { as: 'reader' })).status, 200);
  assert.equal((await ask(edge, '/tc/auth/echo')).json.href, 'http://localhost:8080/tc/auth/echo');
  for (const path of ['/health', '/tc/health', '/health/ready', '/metrics', '/tc/metrics']) {
    assert.equal((await ask(edge, path)).status, 200, path);
  }
  const outside = await ask(edge, '/api/things', { as: 'reader' });
  assert.equal(outside.status, 404);
  assert.match(outside.json.detail, /below \/tc\//);
  assert.equal((await ask(edge, '/tcx/api/things', { as: 'reader' })).status, 404);
  assert.equal((await ask(edge, '/tc?x=1')).headers.location, '/tc/?x=1');
  assert.equal((await ask(edge, '/')).headers.location, '/tc/');
  const foreign = await ask(edge, '/tc/tasks', { headers: { host: 'old.example.org' } });
  assert.equal(foreign.headers.location, 'http://localhost:8080/tc/tasks');
});

test('an address that is no path is refused, and a whole one is read', async () => {
  await using edge = await startEdge(active());
  const get = (target: string, host = 'Host: localhost:8080\r\n') =>
    askRaw(edge, `GET ${target} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  assert.match(await get('//evil.test/x'), /^HTTP\/1\.1 400 .*"type":"bad-target"/s);
  for (const hosts of ['', 'Host: localhost:8080\r\nHOST: evil.test\r\n'])
    assert.match(await get('/health', hosts), /^HTTP\/1\.1 400 .*"type":"bad-host"/s);
  assert.match(await get('http://localhost:8080/health/live'), /^HTTP\/1\.1 200 /);
  assert.match(await askRaw(edge, 'GET /health/live HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /);
});

test('a listed origin may call the API with a token, others hear nothing of it', async () => {
  await using edge = await startEdge(active(), { settings: { corsOrigins: ['https://app.example.org'] } });
  const from = (origin: string, more: object = {}) =>
    ask(edge, '/api/things', { as: 'reader', headers: { origin }, ...more });
  const listed = await from('https://app.example.org');
  assert.equal(listed.headers['access-control-allow-origin'], 'https://app.example.org');
  assert.equal(listed.headers['access-control-allow-credentials'], undefined);
  assert.match(listed.headers['access-control-expose-headers']!, /ETag/);
  const others = [await from('https://evil.test'), await ask(edge, '/api/things', { as: 'reader' })];
  assert.deepEqual(
    others.map(({ headers }) => headers['access-control-allow-origin']),
    [undefined, undefined],
  );
  // Whoever caches one answer does not give it to the other.
  assert.ok([listed, ...others].every(({ headers }) => headers.vary === 'Origin'));

  const preflight = (origin: string) =>
    ask(edge, '/api/things', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PATCH' } });
  const asked = await preflight('https://app.example.org');
  assert.equal(asked.status, 204);
  assert.match(asked.headers['access-control-allow-methods']!, /PATCH/);
  assert.match(asked.headers['access-control-allow-headers']!, /If-Match/);
  assert.equal((await preflight('https://evil.test')).headers['access-control-allow-methods'], undefined);
});
