import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { activate, ask, startEdge } from './edge-for-tests.ts';
import { aThing, broken, get, heard, routes, things } from './things-for-tests.ts';

const id = aThing.id;

test('a route answers with its declared fields, and nothing undeclared leaves', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const one = await ask(edge, `/api/things/${id}`, { as: 'reader' });
  assert.equal(one.status, 200);
  assert.deepEqual(one.json, { id, name: 'Awl', version: 7, owner: { name: 'Wanda' } });
  const list = await ask(edge, '/api/things?limit=3', { as: 'reader' });
  assert.equal(list.json.items.length, 3);
  assert.equal((one.text + list.text).includes('hidden'), false);
  assert.equal(one.headers['content-type'], 'application/json');
  assert.equal(one.headers['x-content-type-options'], 'nosniff');
  assert.match(one.headers['content-security-policy']!, /default-src 'none'/);
});

test('a handler hears what was sent, and who sent it', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  heard.length = 0;
  const answer = await ask(edge, '/api/things', {
    method: 'POST',
    as: 'writer',
    body: '{"name":" Awl ","kind":"hard"}',
  });
  assert.equal(answer.status, 201);
  assert.equal(heard.length, 1);
  const { body, actor, requestId } = heard[0]!.request as Record<string, { name: string }>;
  assert.deepEqual(body, { name: 'Awl', size: 3, tags: [], kind: 'hard' });
  assert.equal(actor!.name, 'Wanda');
  assert.equal(requestId, answer.headers['x-request-id']);
});

test('a lookup by promise is waited for', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  assert.equal((await ask(edge, '/api/things', { as: 'late' })).status, 200);
});

test('nothing is allowed that is not granted', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  const nobody = await ask(edge, '/api/things');
  assert.equal(nobody.status, 401);
  assert.equal(nobody.headers['www-authenticate'], 'Bearer realm="task-connect"');
  assert.equal((await ask(edge, '/api/things', { as: 'forged' })).status, 401);
  const reader = await ask(edge, '/api/things', { method: 'POST', as: 'reader', body: '{"name":"x"}' });
  assert.equal(reader.status, 403);
  assert.match(reader.json.detail, /things:write/);
  assert.equal((await ask(edge, '/api/things/newest', { as: 'reader' })).status, 200);
  assert.equal(plugin.scopes.length, 1);
});

test('a token with scopes changes nothing that only asks for a sign-in, and reads it', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const refused = await ask(edge, '/api/things/newest/seen', { method: 'POST', as: 'writer' });
  assert.deepEqual([refused.status, refused.json.permission], [403, '*']);
  assert.equal((await ask(edge, '/api/things/newest', { as: 'writer' })).status, 200);
  assert.equal((await ask(edge, '/api/things/newest/seen', { method: 'POST', as: 'wide' })).status, 204);
});

test('a public route runs with reach public and names its address; an administrator’s with reach operator', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  assert.deepEqual((await ask(edge, '/api/things/at/caf%C3%A9')).json, { name: 'café' });
  assert.equal((await ask(edge, '/api/analytics/things/awl/repair', { method: 'POST', as: 'operator' })).status, 200);
  assert.equal((await ask(edge, '/api/things', { as: 'reader' })).status, 200);
  assert.deepEqual(
    plugin.scopes.map(({ reach, readOnly }) => [reach, readOnly]),
    [
      ['public', true],
      ['operator', false],
      ['member', true],
    ],
  );
  assert.equal(plugin.scopes[0]!.publicAddress, 'café');
});

test('a route without `returns` answers 204 without a body', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const gone = await ask(edge, `/api/things/${id}`, { method: 'DELETE', as: 'writer' });
  assert.equal(gone.status, 204);
  assert.equal(gone.text, '');
});

test('words in a path win over parameters', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  assert.deepEqual((await ask(edge, '/api/things/newest', { as: 'reader' })).json, { name: 'newest' });
});

test('an address that nobody answers is a 404, a method that is not taken a 405 that says which are', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  for (const path of ['/api/', '/api/nothing', '/api/thingsx', '/api/things/', '/api/Things', '/api/analytics']) {
    const answer = await ask(edge, path, { as: 'reader' });
    assert.equal(answer.status, 404, path);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    assert.equal(answer.json.instance, answer.headers['x-request-id']);
  }
  const put = await ask(edge, '/api/things', { method: 'PUT', as: 'writer', body: '{}' });
  assert.equal(put.status, 405);
  assert.equal(put.headers.allow, 'GET, HEAD, POST');
  const options = await ask(edge, '/api/things', { method: 'OPTIONS' });
  assert.equal(options.status, 204);
  assert.equal(options.headers.allow, 'GET, HEAD, POST');
});

test('HEAD is GET without the body', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const [head, whole] = [
    await ask(edge, `/api/things/${id}`, { method: 'HEAD', as: 'reader' }),
    await ask(edge, `/api/things/${id}`, { as: 'reader' }),
  ];
  assert.equal(head.status, 200);
  assert.equal(head.text, '');
  assert.equal(head.headers['content-length'], whole.headers['content-length']);
  assert.equal(head.headers.etag, '"7"');
});

test('the version of an answer is its ETag, and a client that has it is told so', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const path = `/api/things/${id}`;
  assert.equal((await ask(edge, path, { as: 'reader' })).headers.etag, '"7"');
  for (const tag of ['"7"', 'W/"7"', '"6", "7"', '*']) {
    const again = await ask(edge, path, { as: 'reader', headers: { 'if-none-match': tag } });
    assert.equal(again.status, 304, tag);
    assert.equal(again.text, '');
    assert.equal(again.headers.etag, '"7"');
  }
  assert.equal((await ask(edge, path, { as: 'reader', headers: { 'if-none-match': '"8"' } })).status, 200);
});

test('a fault says an id and nothing of itself; the log has the rest', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const answer = await ask(edge, '/api/things/broken', { as: 'reader' });
  assert.equal(answer.status, 500);
  assert.equal(answer.json.type, 'internal-fault');
  assert.doesNotMatch(answer.text, /hunter2|at .*\.ts/);
  const line = edge.lines.find(({ level }) => level === 'error');
  assert.equal(line?.fields.requestId, answer.json.instance);
  assert.match(String(line?.fields.err), /hunter2/);
});

test('an error of the database that bad input caused is a 4xx', async () => {
  const of = (code: string) => ({ ...broken, handle: () => Promise.reject(Object.assign(new Error('x'), { code })) });
  for (const [code, status] of [
    ['22P02', 422],
    ['22003', 422],
    ['40001', 503],
    ['XX000', 500],
    ['ECONN', 500],
  ] as const) {
    await using edge = await startEdge([activate(things.contract, [of(code)])]);
    assert.equal((await ask(edge, '/api/things/broken', { as: 'reader' })).status, status, code);
  }
});

test('a request that entered a plugin leaves it once, whatever becomes of it', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  await ask(edge, `/api/things/${id}`, { as: 'reader' });
  await ask(edge, '/api/things/not-an-id', { as: 'reader' });
  await ask(edge, '/api/things/broken', { as: 'reader' });
  await ask(edge, '/api/things', { method: 'POST', as: 'reader', body: '{}' });
  await ask(edge, '/api/things', { method: 'POST', as: 'writer', body: '{' });
  await ask(edge, '/api/things', { method: 'HEAD', as: 'reader' });
  assert.equal(plugin.entered(), 6);
  assert.equal(plugin.inFlight(), 0);
});

test('a client that goes away in the middle of its body is let go', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  const socket = connect(edge.port, '127.0.0.1');
  const head = 'POST /api/things HTTP/1.1\r\nHost: localhost:8080\r\nAuthorization: Bearer writer\r\n';
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":`);
  while (plugin.entered() === 0) await new Promise(setImmediate);
  socket.destroy();
  while (plugin.inFlight() > 0) await new Promise(setImmediate);
  assert.equal(edge.lines.at(-1)?.fields.status, 499);
  assert.equal(plugin.scopes.length, 0);
});

test('a plugin that is switched off is not there any more, and others go on', async () => {
  const plugin = activate(things.contract, routes);
  const other = activate({ id: 'others', title: 'Others', paths: ['/others'] }, [{ ...get, path: '/others/:thingId' }]);
  await using edge = await startEdge([plugin, other]);
  const both = async () => [
    (await ask(edge, `/api/things/${id}`, { as: 'reader' })).status,
    (await ask(edge, `/api/others/${id}`, { as: 'reader' })).status,
  ];
  assert.deepEqual(await both(), [200, 200]);
  plugin.leave();
  assert.deepEqual(await both(), [404, 200]);
  edge.swap([other]);
  assert.deepEqual(await both(), [404, 200]);
  edge.swap([activate(things.contract, routes), other]);
  assert.deepEqual(await both(), [200, 200]);
});

test('the longer prefix wins when plugins share the first word', async () => {
  const of = (plugin: string, path: string) =>
    activate({ id: plugin, title: plugin, paths: [path], permissions: things.contract.permissions }, [
      { ...get, path: `${path}/:thingId`, handle: async () => ({ ...aThing, name: plugin }) },
    ]);
  await using edge = await startEdge([of('short', '/analytics'), of('long', '/analytics/things')]);
  const name = async (path: string) => (await ask(edge, path, { as: 'reader' })).json.name;
  assert.equal(await name(`/api/analytics/things/${id}`), 'long');
  assert.equal(await name(`/api/analytics/${id}`), 'short');
});

test('the trace of the caller goes on; without one a trace begins', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  await ask(edge, '/api/things', { as: 'reader', headers: { traceparent } });
  await ask(edge, '/api/things', { as: 'reader', headers: { traceparent: '00-nonsense' } });
  assert.match(plugin.scopes[0]!.traceparent, new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  assert.notEqual(plugin.scopes[0]!.traceparent, traceparent);
  assert.match(plugin.scopes[1]!.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  assert.equal(edge.lines[0]!.fields.traceId, traceId);
});

test('log and metrics name the plugin and the template of the route, and neither query nor signed address', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  await ask(edge, `/api/things/${id}?secret=hidden`, { as: 'reader' });
  await ask(edge, '/api/things/at/hidden');
  assert.deepEqual(
    edge.lines.map(({ fields }) => [fields.plugin, fields.route, fields.status]),
    [
      ['things', '/api/things/:thingId', 422],
      ['things', '/api/things/at/:slug', 200],
    ],
  );
  const metrics = (await ask(edge, '/metrics')).text;
  assert.match(
    metrics,
    /http_requests_total\{plugin="things",method="GET",route="\/api\/things\/:thingId",status="422"\} 1/,
  );
  assert.equal((JSON.stringify(edge.lines) + metrics).includes('hidden'), false);
});

test('with a place for lines, each request is one line of JSON with the time of the clock', async () => {
  const lines: string[] = [];
  const clock = { now: () => Temporal.Instant.from('2027-03-14T09:30:00.250Z') };
  const accessLines = { write: (line: string) => lines.push(line) };
  await using edge = await startEdge([activate(things.contract, routes)], { accessLines, clock });
  await ask(edge, `/api/things/${id}`, { as: 'reader' });
  assert.equal(edge.lines.length, 0);
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /\}\n$/);
  const { time, ms, requestId, traceId, ...entry } = JSON.parse(lines[0]!);
  assert.match(time, /^2027-03-14T09:30:00\.\d{3}Z$/);
  assert.equal(typeof ms, 'number');
  assert.ok(requestId && traceId);
  assert.deepEqual(entry, {
    level: 'info',
    method: 'GET',
    route: '/api/things/:thingId',
    path: `/api/things/${id}`,
    plugin: 'things',
    status: 200,
    person: '0198f2b4-0000-7000-8000-000000000001',
    address: '127.0.0.1',
    msg: 'request',
  });
});
