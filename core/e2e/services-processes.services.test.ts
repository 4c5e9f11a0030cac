import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { newPlace, type Place, type Running, resultOf, startIn, taskConnect } from '../cli/cli-process.ts';
import { testVault } from '../secrets/test-vault.ts';
import { freePort } from '../testing/free-port.ts';
import { startGateway } from '../testing/gateway.ts';
import { addressOf } from '../testing/real-servers.ts';
import { testPrefix } from '../testing/server.ts';
import { startAndWait } from './waiting-process.ts';

// The command `start` four times, as user-, task-, notification-service and worker, on PostgreSQL and Vault, behind the
// gateway that the command `gateway` prints. Only the first has the administrator's connection.

const timeout = 240_000;
const vault = await testVault();
let gateway: AsyncDisposable | undefined;
after(async () => {
  await gateway?.[Symbol.asyncDispose]();
  for (const { child, exit } of Object.values(running)) {
    child.kill('SIGKILL');
    await exit;
  }
  const admin = new pg.Client(addressOf('postgres'));
  await admin.connect();
  const like = `${common.TC_DATABASE_PREFIX.replaceAll('_', '\\_')}%`;
  const { rows: databases } = await admin.query('select datname as name from pg_database where datname like $1', [
    like,
  ]);
  for (const { name } of databases) await admin.query(`drop database "${name}" with (force)`);
  const { rows: roles } = await admin.query('select rolname as name from pg_roles where rolname like $1', [like]);
  for (const { name } of roles) await admin.query(`drop role "${name}"`);
  await admin.end();
  await vault[Symbol.asyncDispose]();
});
const port = await freePort();
const common = {
  TC_VAULT_URL: vault.url,
  TC_VAULT_MOUNT: vault.mount,
  TC_VAULT_ROLE_ID: vault.roleId,
  TC_VAULT_SECRET_ID: vault.secretId,
  TC_DATABASE_PREFIX: testPrefix(),
  TC_PUBLIC_URL: `http://localhost:${port}`,
  TC_TRUSTED_PROXIES: '127.0.0.1',
  TC_DATABASE_CONNECTIONS: '10',
};
const places: Record<string, Place> = {};
const running: Record<string, Running> = {};
const base = `http://127.0.0.1:${port}`;
let token = '';

async function start(name: string, env: Record<string, string>): Promise<void> {
  places[name] ??= await newPlace({ ...common, ...env });
  const place = places[name];
  place.env.TC_INTERNAL_URL = `http://127.0.0.1:${place.port}`;
  running[name] = await startIn(place);
}

const call = (path: string, init: RequestInit = {}) =>
  fetch(`${base}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });

async function soon(what: () => Promise<boolean>): Promise<void> {
  for (const until = performance.now() + 30_000; performance.now() < until; ) {
    if (await what()) return;
    await pause(50);
  }
  assert.fail(`It did not come to this within 30 s: ${what}`);
}

test('a process whose databases nobody has made yet says so, and ends at once when it is asked to', {
  timeout,
}, async () => {
  const place = await newPlace({ ...common, TC_PLUGINS: 'tasks' });
  const ended = await (await startAndWait(place, /The start waits/)).end('SIGTERM');
  assert.deepEqual([ended.code, ended.signal], [0, null], ended.log);
  assert.match(ended.log, /the process that has TC_DATABASE_URL/);
});

test('four processes are one platform behind the gateway', { timeout }, async () => {
  await start('user-service', { TC_PLUGINS: 'users,platform', TC_ROLE: 'web', TC_DATABASE_URL: addressOf('postgres') });
  await start('task-service', { TC_PLUGINS: 'tasks', TC_ROLE: 'web' });
  await start('notification-service', { TC_PLUGINS: 'notifications', TC_ROLE: 'web' });
  await start('worker', { TC_ROLE: 'worker' });
  const at = (name: string) => `127.0.0.1:${places[name]!.port}`;
  const words = ['--rest', at('user-service'), '--listen', `127.0.0.1:${port}`];
  const services = [`tasks=${at('task-service')}`, `notifications=${at('notification-service')}`];
  const printed = await taskConnect(places['user-service']!, ['gateway', ...words, ...services]);
  assert.equal(printed.code, 0, printed.stderr);
  gateway = await startGateway(printed.stdout, port);

  ({ token } = await resultOf(places['user-service']!, 'token', 'create', '--admin', '--name', 'test'));
  for (const id of ['notifications', 'tasks']) {
    const summary = await (await call(`/api/platform/plugins/${id}/enable`, { method: 'POST' })).json();
    assert.deepEqual([summary.state, summary.reason], ['on', null], id);
  }
  const added = await call('/api/tasks', { method: 'POST', body: JSON.stringify({ title: 'Mend the net' }) });
  assert.equal(added.status, 201, await added.clone().text());
  assert.equal((await (await call('/api/tasks')).json()).items.length, 1);
  assert.equal((await call('/api/notifications')).status, 200);
  assert.equal((await fetch(`${base}/internal/services/x`, { method: 'POST' })).status, 404);
  assert.equal((await fetch(`http://${at('task-service')}/api/tasks`)).status, 401, 'past the gateway');
  assert.equal((await fetch(`http://${at('task-service')}/api/me`)).status, 404, 'served elsewhere');
});

test('a console that listens through the gateway hears of plugins that go and come, and of what other processes tell', {
  timeout,
}, async () => {
  const stop = new AbortController();
  const stream = await call('/api/live', { signal: stop.signal });
  assert.equal(stream.status, 200);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const hears = async (what: RegExp) => {
    while (!what.test(heard)) {
      const { value, done } = await reader.read();
      assert.equal(done, false, `The stream ended before ${what}: ${heard}`);
      heard += value;
    }
    heard = '';
  };
  await hears(/^retry: /);
  const order = async (verb: string) =>
    (await (await call(`/api/platform/plugins/tasks/${verb}`, { method: 'POST' })).json()).state;
  assert.equal(await order('disable'), 'off');
  await hears(/"type":"plugins-changed"/);
  assert.equal((await call('/api/tasks')).status, 404);
  assert.equal(await order('enable'), 'on');
  await hears(/"type":"plugins-changed"/);
  assert.equal((await call('/api/tasks', { method: 'POST', body: '{"title":"Heard"}' })).status, 201);
  await hears(/"type":"task-changed","plugin":"tasks"/);
  stop.abort();
});

test('a process that is killed costs its own part a 503, until it is back', { timeout }, async () => {
  running['task-service']!.child.kill('SIGKILL');
  await running['task-service']!.exit;
  const away = await call('/api/tasks');
  assert.equal(away.status, 503);
  assert.match(away.headers.get('content-type')!, /problem\+json/);
  assert.ok(Number(away.headers.get('retry-after')) > 0);
  assert.equal((await call('/api/notifications')).status, 200);
  await start('task-service', {});
  await soon(async () => (await call('/api/tasks')).status === 200);
});
