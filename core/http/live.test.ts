import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { until } from '../testing/until.ts';
import { activate, ask, home, identity, type Running, startEdge, wanda } from './edge-for-tests.ts';
import { routes, things } from './things-for-tests.ts';

const start = (more: Parameters<typeof startEdge>[1] = {}) => startEdge([activate(things.contract, routes)], more);

function listen(edge: Running, headers: Record<string, string> = {}) {
  const seen = { text: '', closed: false, headers: {} as Record<string, unknown> };
  const sent = request({
    port: edge.port,
    host: '127.0.0.1',
    path: '/api/live',
    agent: false,
    headers: { host: 'localhost:8080', authorization: 'Bearer reader', ...headers },
  });
  sent.on('response', (res) => {
    seen.headers = res.headers;
    res.setEncoding('utf8');
    res.on('data', (chunk: string) => {
      seen.text += chunk;
    });
    res.on('close', () => {
      seen.closed = true;
    });
    res.on('error', () => {});
  });
  sent.on('error', () => {});
  sent.end();
  return { seen, close: () => sent.destroy() };
}

test('hints come as events with their ids, for the person and organisation that asked', async () => {
  await using edge = await start();
  const { seen, close } = listen(edge, { 'last-event-id': '41' });
  await until(() => edge.listeners() === 1);
  assert.deepEqual(edge.subscriptions, [{ person: wanda, organisation: home, lastEventId: '41' }]);
  edge.hint({ id: '42', type: 'task-changed', plugin: 'tasks', data: { name: 'line\nbreak' } });
  await until(() => seen.text.includes('42'));
  assert.equal(seen.headers['content-type'], 'text/event-stream');
  assert.equal(seen.headers['x-accel-buffering'], 'no');
  assert.match(seen.text, /^retry: \d+\n\n/);
  assert.equal(
    seen.text.slice(seen.text.indexOf('id:')),
    'id: 42\nevent: hint\ndata: {"type":"task-changed","plugin":"tasks","data":{"name":"line\\nbreak"}}\n\n',
  );
  close();
  await until(() => edge.listeners() === 0);
});

test('who has not signed in hears nothing', async () => {
  await using edge = await start();
  assert.equal((await ask(edge, '/api/live')).status, 401);
  assert.equal((await ask(edge, '/api/live', { method: 'POST', as: 'reader' })).status, 405);
});

test('a beat keeps the connection, and ends it once the session is over', async () => {
  let signedIn = true;
  await using edge = await start({
    identity: {
      ...identity,
      authenticate(asked) {
        if (!signedIn) throw new Error('gone');
        return identity.authenticate(asked);
      },
    },
  });
  const { seen } = listen(edge);
  await until(() => edge.listeners() === 1);
  edge.beat();
  await until(() => seen.text.includes(': still here\n\n'));
  signedIn = false;
  edge.beat();
  await until(() => seen.closed && edge.listeners() === 0);
});

test('a client that reads nothing is cut off', async () => {
  await using edge = await start();
  const sent = request({
    port: edge.port,
    host: '127.0.0.1',
    path: '/api/live',
    agent: false,
    headers: { host: 'localhost:8080', authorization: 'Bearer reader' },
  }).end();
  sent.on('error', () => {});
  await new Promise((resolve) => sent.once('response', (res) => resolve(res.pause().on('error', () => {}))));
  await until(() => edge.listeners() === 1);
  let sentHints = 0;
  while (edge.listeners() === 1) {
    edge.hint({ id: String(sentHints), type: 'x', plugin: 'x', data: 'x'.repeat(50_000) });
    if (sentHints++ % 20 === 0) await new Promise(setImmediate);
    assert.ok(sentHints < 10_000);
  }
  sent.destroy();
});

test('one person cannot hold streams without end', async () => {
  await using edge = await start();
  const open = Array.from({ length: 30 }, () => listen(edge));
  await until(() => edge.listeners() === 30);
  const refused = await ask(edge, '/api/live', { as: 'reader' });
  assert.equal(refused.status, 429);
  assert.equal(refused.json.type, 'too-many-live-streams');
  for (const { close } of open) close();
  await until(() => edge.listeners() === 0);
});

test('stopping ends the streams first', async () => {
  const edge = await start();
  const { seen } = listen(edge);
  await until(() => edge.listeners() === 1);
  await edge.edge.drain();
  await until(() => seen.closed);
  assert.equal(edge.listeners(), 0);
});
