import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url'; // elsewhere
import { makeTestPlatform } from '@task-connect/testing';
import { aFieldNote } from '../testing.ts';

const app = await makeTestPlatform({
  plugins: ['field-notes'],
  pluginFolders: [fileURLToPath(new URL('../..', import.meta.url))], // elsewhere
});
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

test('a field note that was added is the first of the list, for guests too', async () => {
  const answer = await member.post('/api/field-notes', aFieldNote({ text: 'The lamp at the gate is out' }));
  assert.equal(answer.status, 201);
  assert.equal(answer.body.text, 'The lamp at the gate is out');
  assert.equal(answer.body.addedBy, member.person);
  const list = await app.as('guest').get('/api/field-notes');
  assert.deepEqual(list.body.items[0], answer.body);
});

test('a guest adds none, and what is wrong is told', async () => {
  assert.equal((await app.as('guest').post('/api/field-notes', aFieldNote())).status, 403);
  const answer = await member.post('/api/field-notes', aFieldNote({ text: ' ' }));
  assert.equal(answer.status, 422);
  assert.equal(answer.body.errors[0].pointer, '/text');
});

test('nobody sees those of another organisation', async () => {
  await member.post('/api/field-notes', aFieldNote());
  assert.deepEqual((await app.as('stranger').get('/api/field-notes')).body.items, []);
});

test('each is counted once for whoever added it', async () => {
  const manager = app.as('manager');
  for (let added = 0; added < 3; added += 1) await manager.post('/api/field-notes', aFieldNote());
  await app.settled();
  const { items } = (await manager.get('/api/field-notes/tally')).body;
  assert.deepEqual(
    items.find(({ person }: { person: string }) => person === manager.person),
    { person: manager.person, count: 3 },
  );
});
