import assert from 'node:assert/strict';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../testing/server.ts';
import { askRunning, type Request, serveControl } from './control.ts';

const timeout = 30_000;
const request: Request = { command: 'health', args: { operands: [], options: {} }, by: 'ada' };
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A data folder of which platform.json says that this process serves it. */
async function aPlatform(perform: Parameters<typeof serveControl>[1], below = '.') {
  const top = temporaryFolder();
  folders.push(top);
  const data = join(top, below);
  mkdirSync(join(data, 'run'), { recursive: true });
  const control = await serveControl(data, perform);
  writeFileSync(join(data, 'run', 'platform.json'), JSON.stringify({ pid: process.pid, socket: control.socket }));
  return { data, control };
}

test('a request comes as it was sent, and the answer goes back, on a socket that is its owner’s alone', {
  timeout,
}, async () => {
  const { data, control } = await aPlatform(async (heard) => ({ ok: true, result: heard }));
  await using _ = control;
  assert.equal(statSync(control.socket).mode & 0o777, 0o600);
  assert.deepEqual(await askRunning(data, request), { ok: true, result: request });
  const long = { ...request, args: { operands: ['x'.repeat(300_000)], options: {} } };
  assert.deepEqual(await askRunning(data, long), { ok: true, result: long });
});

test('nobody answers where nothing runs, or where it was killed', { timeout }, async () => {
  const { data, control } = await aPlatform(async () => ({ ok: true, result: null }));
  await control[Symbol.asyncDispose]();
  assert.equal(await askRunning(data, request), undefined);
  assert.equal(await askRunning(join(data, 'elsewhere'), request), undefined);
  // The next start takes the place of what was left.
  writeFileSync(control.socket, '');
  await using again = await serveControl(data, async () => ({ ok: true, result: 'again' }));
  assert.equal(again.socket, control.socket);
  assert.deepEqual(await askRunning(data, request), { ok: true, result: 'again' });
});

test('a path that is too long for a socket is replaced by a short one', { timeout }, async () => {
  const { data, control } = await aPlatform(async () => ({ ok: true, result: 1 }), 'a'.repeat(120));
  folders.push(dirname(control.socket));
  await using _ = control;
  assert.ok(Buffer.byteLength(control.socket) <= 100);
  assert.equal(statSync(dirname(control.socket)).mode & 0o777, 0o700);
  assert.deepEqual(await askRunning(data, request), { ok: true, result: 1 });
});

test('what is no request is answered with a fault, and the socket goes on', { timeout }, async () => {
  const { data, control } = await aPlatform(async () => ({ ok: true, result: 1 }));
  await using _ = control;
  const socket = createConnection(control.socket);
  socket.write('nonsense\n');
  const answer = JSON.parse(String(await new Promise((resolve) => socket.once('data', resolve))));
  assert.equal(answer.ok, false);
  assert.equal((await askRunning(data, request))?.ok, true);
});
