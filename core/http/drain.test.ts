import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { z } from '@task-connect/sdk';
import { until } from '../testing/until.ts';
import { activate, askRaw, type Running, startEdge } from './edge-for-tests.ts';
import { routes, things } from './things-for-tests.ts';

type Got = { status: number; connection: string | undefined; text: string };
const get = (edge: Running, agent: Agent, path: string): Promise<Got> =>
  new Promise((resolve, reject) => {
    const headers = { host: 'localhost:8080', authorization: 'Bearer reader' };
    request({ port: edge.port, host: '127.0.0.1', path, agent, headers }, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode!, connection: res.headers.connection, text }));
      res.on('error', reject);
    })
      .on('error', reject)
      .end();
  });

/** A route that answers when it is let go. */
function held() {
  let go = () => {};
  const wait = new Promise<void>((resolve) => {
    go = resolve;
  });
  const route = things.route({
    method: 'GET',
    path: '/things/held',
    summary: 'x',
    permission: 'things:read',
    returns: z.object({ done: z.boolean() }),
    async handle() {
      await wait;
      return { done: true };
    },
  });
  return { route, go: () => go() };
}

test('a request in flight is answered, is the last on its connection, and nobody new comes in', async () => {
  const { route, go } = held();
  const plugin = activate(things.contract, [...routes, route]);
  const edge = await startEdge([plugin]);
  const agent = new Agent({ keepAlive: true });
  const answer = get(edge, agent, '/api/things/held');
  await until(() => plugin.inFlight() === 1);
  const drained = edge.edge.drain();
  const refused = connect(edge.port, '127.0.0.1');
  await new Promise<void>((resolve) => refused.once('error', () => resolve()));
  go();
  assert.deepEqual(await answer, { status: 200, connection: 'close', text: '{"done":true}' });
  await drained;
  agent.destroy();
});

test('a client that keeps its connection busy loses no request', async () => {
  const edge = await startEdge([activate(things.contract, routes)]);
  const agents = Array.from({ length: 8 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  let draining: Promise<void> | undefined;
  let answered = 0;
  await Promise.all(
    agents.map(async (agent) => {
      for (;;) {
        const { status, connection } = await get(edge, agent, '/api/things?limit=1');
        assert.equal(status, 200);
        if (++answered === 40) draining = edge.edge.drain();
        if (connection === 'close') return;
      }
    }),
  );
  assert.ok(answered >= 40);
  await draining;
  for (const agent of agents) agent.destroy();
});

test('it is not ready any more while it still answers', async () => {
  const { route, go } = held();
  const plugin = activate(things.contract, [...routes, route]);
  const edge = await startEdge([plugin]);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  assert.equal((await get(edge, agent, '/health/ready')).status, 200);
  const other = new Agent({ keepAlive: true });
  const answer = get(edge, other, '/api/things/held');
  await until(() => plugin.inFlight() === 1);
  const drained = edge.edge.drain();
  const ready = await get(edge, agent, '/health/ready');
  assert.equal(ready.status, 503);
  assert.match(ready.text, /stopping/);
  go();
  assert.equal((await answer).status, 200);
  await drained;
  agent.destroy();
  other.destroy();
});

test('a connection that only sits there does not hold up the end', async () => {
  const edge = await startEdge([activate(things.contract, routes)]);
  const idle = connect(edge.port, '127.0.0.1');
  await new Promise<void>((resolve) => idle.once('connect', () => resolve()));
  const closed = new Promise<void>((resolve) => idle.once('close', () => resolve()));
  idle.resume();
  await edge.edge.drain();
  await closed;
});

test('what is no HTTP is answered with a problem document and ends there', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const host = 'Host: localhost:8080\r\n';
  for (const [bytes, status, type] of [
    ['NONSENSE\r\n\r\n', 400, 'not-http'],
    ['GET / HTTP/1.1\r\nbad header\r\n\r\n', 400, 'not-http'],
    [`GET /health HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431, 'headers-too-large'],
    [`POST /api/things HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 400, 'not-http'],
    [
      `POST /api/things HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'not-http',
    ],
  ] as const) {
    const answer = await askRaw(edge, bytes);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `), bytes.slice(0, 40));
    assert.match(head, /Content-Type: application\/problem\+json/);
    const problem = JSON.parse(body);
    assert.deepEqual([problem.type, problem.status], [type, status]);
  }
});
