import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  holderOf,
  isGone,
  newPlace,
  postmasterOf,
  type Running,
  resultOf,
  startIn,
  taskConnect,
  until,
} from './cli-process.ts';

// One data folder through its lives: a first start, kill -9, an end in good order, commands without a platform. The
// tests follow each other, since every start costs a second or two.

const timeout = 100_000;
const place = await newPlace();
let running: Running;
let token: string;

const api = (path: string) =>
  fetch(`http://localhost:${place.port}${path}`, { headers: { authorization: `Bearer ${token}` } });

test('a first start says where it serves and how to sign in', { timeout }, async () => {
  running = await startIn(place);
  const { console: address, administrator, data, failed } = running.ready;
  assert.equal(address, `http://localhost:${place.port}`);
  assert.equal(data, place.data);
  assert.match(administrator!.oneTimePassword, /^\w{4}-\w{4}-\w{4}-\w{4}$/);
  assert.deepEqual(failed, []);
  assert.equal((await fetch(`${address}/health/ready`)).status, 200);
  assert.equal(statSync(join(place.data, 'run', 'control.sock')).mode & 0o777, 0o600);
  await until(() => readFileSync(join(place.data, 'log', 'platform.log'), 'utf8').includes('Task Connect is ready'));
});

test('commands act on the platform that runs', { timeout }, async () => {
  ({ token } = await resultOf(place, 'token', 'create', '--admin', '--name', 'test'));
  assert.equal((await (await api('/api/me')).json()).platformRoles[0], 'administrator');
  assert.equal((await resultOf(place, 'plugin', 'enable', 'tasks')).state, 'on');
  assert.equal((await api('/api/tasks')).status, 200);
  assert.equal((await resultOf(place, 'health')).serving, true);
  const run = await resultOf(place, 'projection', 'rebuild', 'tasks', 'statistics');
  assert.equal(run.state, 'done');
  const made = await resultOf(place, 'user', 'create', '--email', 'ada@example.test', '--name', 'Ada', '--invite');
  assert.match(made.link, /\/oidc\/reset\?token=/);
  const audit = (await (await api('/api/platform/audit?limit=50')).json()).items as {
    action: string;
    actorName: string;
  }[];
  for (const action of ['token.made', 'plugin.enabled', 'projection.rebuilt']) {
    assert.match(audit.find((row) => row.action === action)!.actorName, /at the command line$/);
  }
  assert.ok(!JSON.stringify(audit).includes(token));
  const wrong = await taskConnect(place, ['token', 'create', '--admin', '--name', 'two\nlines']);
  assert.deepEqual([wrong.code, wrong.stderr], [2, '--name takes one line of at most 120 characters.\n']);
});

test('what a command cannot do is one line and exit code 1', { timeout }, async () => {
  const { code, stderr } = await taskConnect(place, ['plugin', 'enable', 'nowhere']);
  assert.equal(code, 1);
  assert.match(stderr, /^[^\n]*nowhere[^\n]*\n$/);
  const rollback = await taskConnect(place, ['migrate', 'tasks', '--rollback']);
  assert.equal(rollback.code, 1);
  assert.match(rollback.stderr, /disable it first/);
});

test('a second start on the same folder is refused, and says who is there', { timeout }, async () => {
  const { code, stdout, stderr } = await taskConnect(place, ['start']);
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(
    stderr,
    new RegExp(`^Task Connect runs on ${place.data} already: process ${holderOf(place).pid}, http://[^\n]+\n$`),
  );
});

test('a port in use is one line, and no folder is filled for it', { timeout }, async () => {
  const other = await newPlace();
  const { code, stderr } = await taskConnect({ env: { ...other.env, TC_PORT: String(place.port) } }, ['start']);
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`^Port ${place.port} is in use [^\n]*TC_PORT\\.\n$`));
  assert.equal(existsSync(join(other.data, 'postgres')), false);
});

test('after kill -9 the next start takes over and has everything', { timeout }, async () => {
  const before = postmasterOf(place.data)!;
  running.child.kill('SIGKILL');
  await running.exit;
  running = await startIn(place);
  assert.ok(isGone(before));
  assert.notEqual(postmasterOf(place.data), before);
  assert.equal((await api('/api/tasks')).status, 200);
});

test('SIGTERM ends everything in good order', { timeout }, async () => {
  const postmaster = postmasterOf(place.data)!;
  running.child.kill('SIGTERM');
  assert.equal(await running.exit, 0);
  assert.ok(isGone(postmaster));
  assert.equal(existsSync(join(place.data, 'run', 'platform.json')), false);
  assert.equal(existsSync(join(place.data, 'run', 'control.sock')), false);
});

test('commands work without a platform, and leave none behind', { timeout }, async () => {
  const { items } = await resultOf(place, 'plugin', 'list');
  assert.equal(items.find(({ id }: { id: string }) => id === 'tasks').wanted, true);
  const health = await taskConnect(place, ['health']);
  assert.equal(health.code, 1);
  assert.match(health.stdout, /^database +ok/m);
  assert.match(health.stderr, /does not run/);

  assert.equal((await resultOf(place, 'job', 'run', 'tasks', 'rebuild-statistics')).state, 'done');
  const before = await resultOf(place, 'secret', 'get', 'databases/tasks');
  const rotated = await resultOf(place, 'secret', 'rotate', 'databases/tasks');
  assert.equal(rotated.version, before.version + 1);
  assert.deepEqual(await resultOf(place, 'events', 'dead'), { items: [] });
  assert.deepEqual((await resultOf(place, 'migrate')).plugins, []);
  const written = await taskConnect(place, ['secret', 'set', 'external-apis/weather', '--json'], '{"key": "k-1"}');
  assert.deepEqual(JSON.parse(written.stdout), { path: 'external-apis/weather', version: 1 });
  const field = await taskConnect(place, ['secret', 'get', 'external-apis/weather', 'key']);
  assert.equal(field.stdout, 'k-1\n');
  assert.equal(postmasterOf(place.data), undefined);
});

test('migrations are taken back from a plugin that is off, shown, and applied again', { timeout }, async () => {
  await resultOf(place, 'plugin', 'disable', 'tasks');
  const back = await resultOf(place, 'migrate', 'tasks', '--rollback');
  assert.equal(back.plugins[0].plugin, 'tasks');
  const names = back.plugins[0].migrations.map(({ name }: { name: string }) => name);
  assert.ok(names.length > 0);
  const shown = await taskConnect(place, ['migrate', 'tasks', '--dry-run']);
  assert.match(shown.stdout, /create table "task"/);
  const again = await resultOf(place, 'migrate', 'tasks');
  assert.deepEqual(again.plugins[0].migrations.map(({ name }: { name: string }) => name).sort(), names.sort());
});

test('when the bootstrap is killed with -9, the platform and its database end by themselves', { timeout }, async () => {
  const { child, exit } = await startIn(place, 'bootstrap');
  const { pid } = holderOf(place);
  const postmaster = postmasterOf(place.data)!;
  assert.notEqual(pid, child.pid);
  child.kill('SIGKILL');
  await exit;
  await until(() => isGone(pid) && isGone(postmaster));
  assert.equal(existsSync(join(place.data, 'run', 'platform.json')), false);
});

test('two starts at once on one folder: one serves', { timeout }, async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const { port } = blocker.address() as { port: number };
  blocker.close();
  const other = { ...place, port, env: { ...place.env, TC_PORT: String(port) } };
  const outcomes = await Promise.allSettled([startIn(place), startIn(other)]);
  const [served] = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  assert.match(String(refused?.reason), /runs on .* already/);
  const child = served!.value;
  child.child.kill('SIGINT');
  assert.equal(await child.exit, 0);
});
