import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { z } from '@task-connect/sdk';
import { until } from '../testing/until.ts';
import { activate, ask, type Running, startEdge } from './edge-for-tests.ts';
import { aThing, routes, things } from './things-for-tests.ts';

// Answers that are more than a small text: compressed ones, files, streams without end.

const streaming = (
  body: (signal: AbortSignal) => AsyncIterable<string> | Uint8Array,
  headers: Record<string, string> = { 'Content-Type': 'text/csv' },
) =>
  things.stream({
    path: '/things/:thingId/file',
    summary: 'Its file',
    permission: 'things:read',
    query: z.object({ part: z.coerce.number().default(1) }),
    handle: async ({ signal }) => ({ headers, body: body(signal) }),
  });
const path = `/api/things/${aThing.id}/file`;

/** Opens a stream and collects what comes. */
function openStream(edge: Running, at = path) {
  const headers = { host: 'localhost:8080', authorization: 'Bearer reader' };
  const sent = request({ port: edge.port, host: '127.0.0.1', path: at, headers, agent: false });
  const seen = { text: '', ended: false, cut: false };
  const answered = new Promise<void>((resolve) => {
    sent.on('response', (res) => {
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => {
        seen.text += chunk;
      });
      res.on('end', () => {
        seen.ended = true;
      });
      res.on('error', () => {
        seen.cut = true;
      });
      resolve();
    });
    sent.on('error', () => {});
    sent.end();
  });
  return { seen, answered, close: () => sent.destroy() };
}

test('a long answer is compressed for who takes it, and its length is that of what is sent', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const list = (accept: string) =>
    fetch(`${edge.url}/api/things?limit=50`, {
      headers: { authorization: 'Bearer reader', 'accept-encoding': accept },
    });
  const plain = await list('identity');
  const text = await plain.text();
  assert.equal(plain.headers.get('content-encoding'), null);
  for (const [accept, encoding] of [
    ['gzip, br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
  ] as const) {
    const answer = await list(accept);
    assert.equal(answer.headers.get('content-encoding'), encoding);
    assert.equal(answer.headers.get('vary'), 'Accept-Encoding');
    assert.ok(Number(answer.headers.get('content-length')) < text.length / 2);
    assert.equal(await answer.text(), text);
  }
  assert.equal((await list('gzip;q=0.0, br;q=0')).headers.get('content-encoding'), null);
  const short = await fetch(`${edge.url}/api/things?limit=1`, { headers: { authorization: 'Bearer reader' } });
  assert.equal(short.headers.get('content-encoding'), null);
});

test('a file is sent as it is, and can neither run nor be framed', async () => {
  const file = streaming(() => new Uint8Array([1, 2, 3]), { 'Content-Type': 'text/html', 'X-Name': 'a' });
  const plugin = activate(things.contract, [...routes, file]);
  await using edge = await startEdge([plugin]);
  const answer = await ask(edge, path, { as: 'reader' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-length'], '3');
  assert.match(answer.headers['content-security-policy']!, /sandbox/);
  assert.equal(answer.headers['x-name'], 'a');
  assert.equal((await ask(edge, `${path}?part=x`, { as: 'reader' })).status, 422);
  assert.equal((await ask(edge, path)).status, 401);
  assert.equal(plugin.inFlight(), 0);
});

test('a stream is poured out as it comes, without an end of its own ends with the plugin', async () => {
  let push = (_text: string) => {};
  const file = streaming(async function* (signal) {
    yield 'begin ';
    while (!signal.aborted) yield await new Promise<string>((resolve) => (push = resolve));
  });
  const plugin = activate(things.contract, [...routes, file]);
  await using edge = await startEdge([plugin]);
  const { seen, answered } = openStream(edge);
  await answered;
  await until(() => seen.text === 'begin ');
  push('more');
  await until(() => seen.text === 'begin more');
  assert.equal(plugin.inFlight(), 1);
  plugin.leave();
  await until(() => seen.ended && plugin.inFlight() === 0);
});

test('stopping ends a stream of events at once, and a file at its end', async () => {
  let go = () => {};
  const wait = new Promise<void>((resolve) => {
    go = resolve;
  });
  const parts = async function* () {
    yield 'begin ';
    await wait;
    yield 'end';
  };
  const events = { ...streaming(parts, { 'Content-Type': 'text/event-stream' }), path: '/things/:thingId/events' };
  const edge = await startEdge([activate(things.contract, [...routes, streaming(parts), events])]);
  const file = openStream(edge);
  const hints = openStream(edge, path.replace('/file', '/events'));
  await until(() => file.seen.text === 'begin ' && hints.seen.text === 'begin ');
  const drained = edge.edge.drain();
  await until(() => hints.seen.ended);
  assert.deepEqual([file.seen.ended, hints.seen.text], [false, 'begin ']);
  go();
  await drained;
  await until(() => file.seen.ended);
  assert.equal(file.seen.text, 'begin end');
});

test('a client that goes away aborts the signal, and the request leaves', async () => {
  let aborted = false;
  const file = streaming(async function* (signal) {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    yield 'begin';
    await new Promise(() => {});
  });
  const plugin = activate(things.contract, [...routes, file]);
  await using edge = await startEdge([plugin]);
  const { seen, answered, close } = openStream(edge);
  await answered;
  await until(() => seen.text === 'begin');
  close();
  await until(() => aborted && plugin.inFlight() === 0);
});

test('a slow client slows the stream, not the memory', async () => {
  let made = 0;
  const file = streaming(async function* (signal) {
    while (!signal.aborted) {
      made++;
      yield 'x'.repeat(100_000);
    }
  });
  const plugin = activate(things.contract, [...routes, file]);
  await using edge = await startEdge([plugin]);
  const headers = { host: 'localhost:8080', authorization: 'Bearer reader' };
  const sent = request({ port: edge.port, host: '127.0.0.1', path, headers, agent: false }).end();
  await new Promise((resolve) => sent.once('response', (res) => resolve(res.pause())));
  let before = -1;
  // The buffers of both sockets take some; then nothing more is asked for.
  while (before !== made) {
    before = made;
    for (let i = 0; i < 200; i++) await new Promise(setImmediate);
  }
  assert.ok(made < 1000, `${made} pieces were made`);
  sent.destroy();
  await until(() => plugin.inFlight() === 0);
});

test('a stream that breaks is cut off, so that the client knows that it is not whole', async () => {
  let lose = () => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  const file = streaming(async function* () {
    yield 'begin';
    await lost;
    throw new Error('the disk is gone');
  });
  const plugin = activate(things.contract, [...routes, file]);
  await using edge = await startEdge([plugin]);
  const { seen, answered } = openStream(edge);
  await answered;
  await until(() => seen.text === 'begin');
  lose();
  await until(() => seen.cut);
  assert.equal(seen.ended, false);
  await until(() => plugin.inFlight() === 0);
  assert.equal(
    edge.lines.some(({ message, level }) => level === 'warn' && message === 'An answer was cut off'),
    true,
  );
});

test('a header that HTTP cannot carry is a fault and not a broken answer', async () => {
  const file = streaming(() => new Uint8Array(1), { 'X-Name': 'a\r\nSet-Cookie: x=1' });
  await using edge = await startEdge([activate(things.contract, [...routes, file])]);
  const answer = await ask(edge, path, { as: 'reader' });
  assert.equal(answer.status, 500);
  assert.equal(answer.headers['set-cookie'], undefined);
});
