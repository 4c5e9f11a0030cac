import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeHealth } from '../observability/health.ts';
import { activate, ask, startEdge } from './edge-for-tests.ts';
import { routes, things } from './things-for-tests.ts';

const active = () => [activate(things.contract, routes)];
const clock = { now: () => Temporal.Now.instant() };

test('health tells of each part, and is a 503 only when nothing can be served', async () => {
  const health = makeHealth({ clock, version: '1.2.3' });
  await using edge = await startEdge(active(), { health });
  using _mail = health.part('mail', async () => ({ state: 'failed', detail: 'no answer' }), { vital: false });
  const sick = await ask(edge, '/health');
  assert.equal(sick.status, 200);
  assert.equal(sick.json.status, 'degraded');
  assert.deepEqual(
    [sick.json.version, sick.json.parts[0].name, sick.json.parts[0].detail],
    ['1.2.3', 'mail', 'no answer'],
  );
  assert.equal((await ask(edge, '/health/ready')).status, 200);

  using _database = health.part('database', async () => ({ state: 'failed', detail: 'gone' }), { vital: true });
  assert.equal((await ask(edge, '/health')).status, 503);
  const ready = await ask(edge, '/health/ready');
  assert.equal(ready.status, 503);
  assert.match(ready.json.reason, /database: gone/);
  assert.equal((await ask(edge, '/health/live')).status, 200);
  assert.equal((await ask(edge, '/health/else')).status, 404);
});

test('why a part is not well is told to the machine itself and to who manages the platform', async () => {
  const health = makeHealth({ clock, version: '1.2.3' });
  await using edge = await startEdge(active(), { health });
  using _part = health.part('secrets', async () => ({ state: 'failed', detail: '/srv/tc is gone' }), { vital: true });
  const through = { 'x-forwarded-for': '203.0.113.9' };
  for (const as of [undefined, 'reader', 'forged']) {
    const told = await ask(edge, '/health', { as, headers: through });
    assert.deepEqual([told.status, told.json.parts[0].state, told.json.parts[0].detail], [503, 'failed', null]);
    const ready = await ask(edge, '/health/ready', { as, headers: through });
    assert.deepEqual([ready.status, ready.json], [503, { status: 'failed', reason: null }]);
  }
  assert.match((await ask(edge, '/health', { as: 'operator', headers: through })).text, /is gone/);
  assert.match((await ask(edge, '/health/ready')).json.reason, /is gone/);
});

test('metrics are for the machine itself and for who manages the platform', async () => {
  await using edge = await startEdge(active(), { settings: { trustedProxies: ['127.0.0.1'] } });
  const through = { 'x-forwarded-for': '203.0.113.9' };
  const status = async (as: string | undefined, headers = {}) => (await ask(edge, '/metrics', { as, headers })).status;
  assert.equal(await status(undefined, through), 401);
  assert.equal(await status('reader', through), 403);
  assert.equal(await status('forged', through), 401);
  assert.equal(await status('operator', through), 200);
});

test('metrics are not told to what a proxy on this machine passes on, nor under a name that leads here', async () => {
  await using edge = await startEdge(active());
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:9090'])
    assert.equal((await ask(edge, '/metrics', { headers: { host } })).status, 200, host);
  for (const name of ['x-forwarded-for', 'forwarded', 'via']) {
    assert.equal((await ask(edge, '/metrics', { headers: { [name]: 'x' } })).status, 401, name);
  }
  for (const host of ['tc.example.org', '127.0.0.1.example.org'])
    assert.equal((await ask(edge, '/metrics', { headers: { host } })).status, 401, host);
});
