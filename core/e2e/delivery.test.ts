import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';

let app: TestPlatform;
before(async () => {
  app = await makeTestPlatform({
    plugins: ['ledger'],
    pluginFolders: [fileURLToPath(new URL('./plugins', import.meta.url))],
  });
});
after(() => app[Symbol.asyncDispose]());

test('what a route publishes and schedules is handled once by each handler', async () => {
  const member = app.as('member');
  for (let place = 1; place <= 20; place += 1) {
    const { status } = await member.post('/api/ledger', { account: `a${place % 3}`, place });
    assert.equal(status, 201);
  }
  await app.settled();
  assert.deepEqual((await member.get('/api/ledger')).body, { entries: 20, effects: 60 });
});

test('another organisation sees nothing of it', async () => {
  assert.deepEqual((await app.as('stranger').get('/api/ledger')).body, { entries: 0, effects: 0 });
});

test('the same Idempotency-Key has one effect, and the same answer', async () => {
  const member = app.as('member');
  const before = (await member.get('/api/ledger')).body.entries;
  const send = () => member.post('/api/ledger', { account: 'once', place: 1 }, { 'idempotency-key': 'only-once' });
  const answers = await Promise.all([send(), send(), send()]);
  assert.deepEqual(new Set(answers.map((answer) => answer.body.id)).size, 1);
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [201, 201, 201],
  );
  assert.equal((await member.get('/api/ledger')).body.entries, before + 1);
  const other = await member.post('/api/ledger', { account: 'other', place: 1 }, { 'idempotency-key': 'only-once' });
  assert.equal(other.status, 422);
});
