import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from '@task-connect/sdk';
import { type Answer, activate, ask, askRaw, type Running, startEdge } from './edge-for-tests.ts';
import { aThing, create, heard, routes, things } from './things-for-tests.ts';

const start = () => startEdge([activate(things.contract, routes)]);
const post = (edge: Running, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  ask(edge, '/api/things', { method: 'POST', as: 'writer', body, headers });

function refused(answer: Answer, status: number, detail: RegExp): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.match(answer.json.detail, detail);
}
const pointers = (answer: Answer) => answer.json.errors.map((fault: { pointer: string }) => fault.pointer);

test('all faults of an input are said at once, each with what to do', async () => {
  await using edge = await start();
  const answer = await ask(edge, '/api/things?limit=1', {
    method: 'POST',
    as: 'writer',
    body: JSON.stringify({ name: '', size: 1.5, tags: ['a', 'too long', 3], kind: 'x', at: { x: 'y' }, 'a/b': 1 }),
  });
  refused(answer, 422, /Mend the 8 faults/);
  assert.deepEqual(answer.json.errors, [
    { pointer: '/limit', detail: 'There is no field of this name; leave it out.' },
    { pointer: '/name', detail: 'Send at least one character.' },
    { pointer: '/size', detail: 'Send a whole number, between −(2^53 − 1) and 2^53 − 1.' },
    { pointer: '/tags/1', detail: 'Send at most 5 characters.' },
    { pointer: '/tags/2', detail: 'Send text instead of a number.' },
    { pointer: '/kind', detail: 'Send one of “soft” or “hard”.' },
    { pointer: '/at/x', detail: 'Send a number instead of text.' },
    { pointer: '/a~1b', detail: 'There is no field of this name; leave it out.' },
  ]);
});

test('a missing field is called missing, and one fault is said in the sentence itself', async () => {
  await using edge = await start();
  refused(await post(edge, '{}'), 422, /^Mend \/name: This is missing; send text\.$/);
});

test('a number that no number can hold is called so', async () => {
  await using edge = await start();
  refused(await post(edge, '{"name":"x","at":{"x":1e400}}'), 422, /Send a number instead of one so large\.$/);
});

test('an empty body where one is needed is a fault of the input', async () => {
  await using edge = await start();
  for (const body of ['', undefined]) {
    const answer = await ask(edge, '/api/things', { method: 'POST', as: 'writer', body });
    refused(answer, 422, /This is missing; send an object/);
  }
});

test('a route that takes no body takes an empty one, and refuses fields', async () => {
  await using edge = await start();
  const repair = (body?: string) =>
    ask(edge, '/api/analytics/things/awl/repair', { method: 'POST', as: 'operator', body });
  for (const body of [undefined, '', '{}', 'null']) assert.equal((await repair(body)).status, 200, `${body}`);
  assert.deepEqual(pointers(await repair('{"x":1}')), ['/x']);
});

test('what is no JSON is told where it stops to be', async () => {
  await using edge = await start();
  refused(await post(edge, '{"name": "x",}'), 400, /At character 14, “}” is not what JSON has there/);
  refused(await post(edge, '{\n  "name": x\n}'), 400, /At character 13 \(line 2, column 11\), “x”/);
  refused(await post(edge, '{"name": "x"'), 400, /ends too early, at character 12/);
  refused(await post(edge, '{"name": "x"} {}'), 400, /At character 15/);
  refused(await post(edge, "{'name': 1}"), 400, /At character 2/);
  refused(await post(edge, '{"name": "\u0000"}'), 400, /At character 10/);
  refused(await post(edge, '{"name": NaN}'), 400, /At character 10/);
});

test('bytes that are no UTF-8 are refused, a byte order mark is passed over', async () => {
  await using edge = await start();
  refused(await post(edge, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])), 400, /no UTF-8/);
  assert.equal((await post(edge, '\uFEFF{"name":"x"}')).status, 201);
});

test('deep nesting is refused before it is parsed; brackets in texts do not count', async () => {
  await using edge = await start();
  refused(await post(edge, '['.repeat(51) + ']'.repeat(51)), 400, /deeper than 50/);
  refused(await post(edge, '{"a":'.repeat(100_000)), 400, /deeper than 50/);
  refused(await post(edge, '['.repeat(50) + ']'.repeat(50)), 422, /Send an object instead of a list/);
  refused(await post(edge, JSON.stringify({ name: '[{"\\'.repeat(30) })), 422, /at most 20 characters/);
});

test('__proto__ is a field like any other, and a doubled one changes nothing', async () => {
  await using edge = await start();
  const answer = await post(edge, '{"name":"x","__proto__":{"kind":"hard"},"__proto__":{"polluted":true}}');
  refused(answer, 422, /leave it out/);
  assert.deepEqual(pointers(answer), ['/__proto__']);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  assert.equal((await post(edge, '{"name":"a","name":"b"}')).json.name, 'b');
});

test('NUL and half characters never reach a handler, whatever the schema says', async () => {
  const loose = things.route({
    ...({ method: 'POST', path: '/things/loose', summary: 'x', permission: 'things:write' } as const),
    body: z.object({ note: z.string(), more: z.record(z.string(), z.unknown()).optional() }),
    returns: z.object({ note: z.string() }),
    handle: async ({ body }) => ({ note: body.note }),
  });
  await using edge = await startEdge([activate(things.contract, [...routes, loose])]);
  const send = (body: string) => ask(edge, '/api/things/loose', { method: 'POST', as: 'writer', body });
  assert.deepEqual(pointers(await send('{"note":"a\\u0000b"}')), ['/note']);
  assert.deepEqual(pointers(await send('{"note":"\\ud800"}')), ['/note']);
  assert.deepEqual(pointers(await send('{"note":"x","more":{"a":["\\udc00x"],"\\u0000":1}}')), ['/more/a/0', '/more']);
  assert.deepEqual((await send('{"note":"\\ud83d\\ude00 \\\\u0000"}')).json, { note: '😀 \\u0000' });
  // Said by the schema too, and told once.
  assert.deepEqual(pointers(await post(edge, '{"name":"\\u0000"}')), ['/name']);
});

test('a body over 1 MiB is a 413, announced or not', async () => {
  await using edge = await start();
  const large = JSON.stringify({ name: 'x'.repeat(1024 * 1024) });
  refused(await post(edge, large), 413, /at most 1 MiB/);
  refused(await post(edge, large, { 'transfer-encoding': 'chunked' }), 413, /at most 1 MiB/);
  const announced = 'POST /api/things HTTP/1.1\r\nHost: localhost:8080\r\nAuthorization: Bearer writer\r\n';
  const answer = await askRaw(
    edge,
    `${announced}Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}`,
  );
  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.match(answer, /Connection: close/i);
  assert.equal((await post(edge, JSON.stringify({ name: 'x' }).padEnd(1024 * 1024))).status, 201);
});

test('another kind of body is a 415 that says which is taken', async () => {
  await using edge = await start();
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'application/json; charset=latin1',
  ]) {
    const answer = await post(edge, '{"name":"x"}', { 'content-type': type });
    refused(answer, 415, /application\/json/);
    assert.equal(answer.headers.accept, 'application/json');
  }
  refused(await post(edge, '{"name":"x"}', { 'content-encoding': 'gzip' }), 415, /not compressed/);
  assert.equal((await post(edge, '{"name":"x"}', { 'content-type': 'application/json; charset=UTF-8' })).status, 201);
});

test('nothing of a body is read before the sender may write', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  const answer = await ask(edge, '/api/things', { method: 'POST', as: 'reader', body: '{ no json' });
  assert.equal(answer.status, 403);
});

test('a query is read by its schema: unknown names, wrong values and repeats are refused', async () => {
  await using edge = await start();
  const list = (query: string) => ask(edge, `/api/things?${query}`, { as: 'reader' });
  assert.deepEqual(pointers(await list('limit=x&size=1&limit2=')), ['/limit', '/size', '/limit2']);
  assert.deepEqual(pointers(await list('limit=1&limit=2')), ['/limit']);
  assert.deepEqual(pointers(await list('limit=999')), ['/limit']);
  assert.deepEqual(pointers(await list('tag=%00')), ['/tag/0']);
  assert.deepEqual(pointers(await list('__proto__=1&constructor=1')), ['/__proto__', '/constructor']);
  heard.length = 0;
  assert.equal((await list('tag=a&tag=b%20c&limit=1')).json.items.length, 1);
  assert.equal((await list('tag=a')).status, 200);
  assert.deepEqual(
    heard.map(({ request }) => request.query),
    [
      { limit: 1, tag: ['a', 'b c'] },
      { limit: 2, tag: ['a'] },
    ],
  );
});

test('a route without a query refuses any', async () => {
  await using edge = await start();
  const answer = await ask(edge, `/api/things/${aThing.id}?x=1`, { as: 'reader' });
  assert.deepEqual(pointers(answer), ['/x']);
});

test('a bad id is a 422 that shows a good one, and so is what is no UTF-8 in a path', async () => {
  await using edge = await start();
  for (const id of ['1', 'x'.repeat(36), `${aThing.id}0`, '%00', '%ff', '%', "'%20or%201=1--"]) {
    const answer = await ask(edge, `/api/things/${id}`, { as: 'reader' });
    assert.equal(answer.status, 422, id);
    assert.deepEqual(pointers(answer), ['/thingId'], id);
  }
  assert.equal((await ask(edge, `/api/things/${aThing.id.toUpperCase()}`, { as: 'reader' })).status, 200);
  const named = await ask(edge, '/api/analytics/things/Awl7/repair', { method: 'POST', as: 'operator' });
  assert.deepEqual(pointers(named), ['/name']);
});

test('the fault of the nearest option of a union is told', async () => {
  const due = things.route({
    ...({ method: 'POST', path: '/things/due', summary: 'x', permission: 'things:write' } as const),
    body: z.object({
      due: z.union([
        z.strictObject({ date: z.iso.date() }),
        z.strictObject({ at: z.iso.datetime(), zone: z.string() }),
      ]),
    }),
    async handle() {},
  });
  await using edge = await startEdge([activate(things.contract, [due])]);
  const send = (body: unknown) =>
    ask(edge, '/api/things/due', { method: 'POST', as: 'writer', body: JSON.stringify(body) });
  assert.deepEqual((await send({ due: { date: 'x' } })).json.errors, [
    { pointer: '/due/date', detail: 'Send a date, such as 2027-03-14.' },
  ]);
  assert.deepEqual(pointers(await send({ due: 3 })), ['/due']);
});

test('a schema’s own message wins over ours', async () => {
  const own = {
    ...create,
    path: '/things/own',
    body: z.object({ name: z.string().min(3, { error: 'Three or more.' }) }),
  };
  await using edge = await startEdge([activate(things.contract, [own])]);
  const answer = await ask(edge, '/api/things/own', { method: 'POST', as: 'writer', body: '{"name":"x"}' });
  assert.equal(answer.json.errors[0].detail, 'Three or more.');
});
