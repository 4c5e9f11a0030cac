import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyUsedDifferently } from '../kernel/idempotency.ts';
import { activate, ask, startEdge } from './edge-for-tests.ts';
import { keptAnswer } from './kept-answer.ts';
import { aThing, heard, routes, things } from './things-for-tests.ts';

// Requests that are sent again, or after somebody else's: If-Match and Idempotency-Key.

const path = `/api/things/${aThing.id}`;

test('If-Match reaches the handler as the version; * as none', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  heard.length = 0;
  for (const tag of ['"7"', '*']) {
    const headers = { 'if-match': tag };
    const answer = await ask(edge, path, { method: 'PATCH', as: 'writer', body: '{"name":"x"}', headers });
    assert.equal(answer.status, 200);
  }
  await ask(edge, path, { method: 'DELETE', as: 'writer', headers: { 'if-match': '"8"' } });
  await ask(edge, path, { method: 'DELETE', as: 'writer' });
  assert.deepEqual(
    heard.map(({ request }) => request.ifMatch),
    [7, undefined, 8, undefined],
  );
});

test('If-Match that is missing where it is needed is a 428, one that cannot be read a 400', async () => {
  await using edge = await startEdge([activate(things.contract, routes)]);
  const change = (tag: string | undefined) =>
    ask(edge, path, {
      method: 'PATCH',
      as: 'writer',
      body: '{"name":"x"}',
      headers: tag === undefined ? {} : { 'if-match': tag },
    });
  const missing = await change(undefined);
  assert.equal(missing.status, 428);
  assert.equal(missing.json.type, 'if-match-needed');
  for (const tag of ['7', 'W/"7"', '"x"', '"7", "8"', '""', '"-1"', '"9999999999999999"', "'7'"]) {
    assert.equal((await change(tag)).status, 400, tag);
  }
});

test('the unit of work is given what the key stands for; an answer given again says so', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  const send = (key: string, body: string) =>
    ask(edge, '/api/things', { method: 'POST', as: 'writer', body, headers: { 'idempotency-key': key } });
  const first = await send('k 1', '{"name":"x"}');
  const again = await send('k 1', '{"name":"x"}');
  await send('k 2', '{"name":"y"}');
  assert.equal(first.headers['idempotency-replayed'], undefined);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.deepEqual([again.status, again.json], [first.status, first.json]);
  const [a, b, c] = plugin.scopes.map(({ idempotency }) => idempotency!);
  assert.deepEqual(a, b);
  assert.notEqual(a!.key, c!.key);
  assert.notEqual(a!.fingerprint, c!.fingerprint);
});

test('neither the key nor the answer can be read where they are kept', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  const key = '0b9c7a52-5a0e-4f0e-9a7e-6f1f5d1d9d11';
  const headers = { 'idempotency-key': key };
  const answer = await ask(edge, '/api/things', { method: 'POST', as: 'writer', body: '{"name":"Nib"}', headers });
  assert.equal(answer.json.name, 'Nib');
  const [[name, kept] = []] = [...plugin.kept];
  assert.ok(typeof name === 'string' && typeof kept === 'string');
  assert.doesNotMatch(`${name} ${Buffer.from(kept, 'base64url').toString('latin1')}`, new RegExp(`Nib|Awl|${key}`));
  assert.equal(keptAnswer(key).name, name);
  assert.deepEqual((keptAnswer(key).open(kept) as { name: string }).name, 'Nib');
  assert.throws(() => keptAnswer(`${key} `).open(kept));
});

test('a key that was sent with another request is called by its own name', async () => {
  const plugin = activate(things.contract, routes);
  plugin.unitOfWork = async (scope) => Promise.reject(new KeyUsedDifferently({ key: scope.idempotency!.key }));
  await using edge = await startEdge([plugin]);
  const headers = { 'idempotency-key': 'k 1' };
  const answer = await ask(edge, '/api/things', { method: 'POST', as: 'writer', body: '{"name":"x"}', headers });
  assert.deepEqual([answer.status, answer.json.key], [422, 'k 1']);
});

test('a key that cannot be read is a 400; on GET there is none', async () => {
  const plugin = activate(things.contract, routes);
  await using edge = await startEdge([plugin]);
  for (const key of ['', 'x'.repeat(256), 'caf\u00e9', 'a\tb']) {
    const headers = { 'idempotency-key': key };
    const answer = await ask(edge, '/api/things', { method: 'POST', as: 'writer', body: '{"name":"x"}', headers });
    assert.equal(answer.status, 400, JSON.stringify(key));
  }
  await ask(edge, '/api/things', { as: 'reader', headers: { 'idempotency-key': 'k' } });
  assert.equal(plugin.scopes.length, 1);
  assert.equal(plugin.scopes[0]!.idempotency, undefined);
});
