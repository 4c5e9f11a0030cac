import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import { noted } from '../testing.ts';

const app = await makeTestPlatform({ plugins: ['notes'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');

const counts = async (who = member) =>
  Object.fromEntries(
    (await who.get('/api/notes/labels')).body.items.map(({ name, notes }: { name: string; notes: number }) => [
      name,
      notes,
    ]),
  );
const rename = (from: string, to: string, who = member) => who.post('/api/notes/labels/rename', { from, to });

test('counts are right at once, and a label is renamed and merged in labels and texts', async () => {
  const first = await noted(member, { text: 'Keys #van, `#van` stays', labels: ['harbour'] });
  const second = await noted(member, { text: 'Fuse', labels: ['van', 'lorry'] });
  const archived = await noted(member, { labels: ['van'] });
  await member.patch(`/api/notes/${archived.id}/mine`, { archived: true });
  assert.deepEqual(await counts(), { van: 2, harbour: 1, lorry: 1 });

  assert.deepEqual((await rename('van', 'lorry')).body, { notes: 3 });
  assert.deepEqual(await counts(), { lorry: 2, harbour: 1 });
  const [one, two] = [await member.get(`/api/notes/${first.id}`), await member.get(`/api/notes/${second.id}`)];
  assert.equal(one.body.text, 'Keys #lorry, `#van` stays');
  assert.deepEqual([one.body.labels, two.body.labels], [['harbour', 'lorry'], ['lorry']]);
  assert.equal((await member.get(`/api/notes/${first.id}/versions`)).body.items.length, 2);
  assert.equal((await rename('van', 'lorry')).status, 404);

  await member.delete(`/api/notes/${second.id}`);
  assert.deepEqual(await counts(), { lorry: 1, harbour: 1 });
});

test('a rename reaches only what one may change, whoever else uses the label', async () => {
  const theirs = await noted(manager, { labels: ['shared-word'] });
  const readable = await noted(manager, { labels: ['shared-word'] });
  await manager.put(`/api/notes/${readable.id}/sharing/${member.person}`, { kind: 'person', access: 'view' });
  await noted(member, { labels: ['shared-word'] });
  assert.deepEqual((await rename('shared-word', 'mine')).body, { notes: 1 });
  for (const note of [theirs, readable])
    assert.deepEqual((await manager.get(`/api/notes/${note.id}`)).body.labels, ['shared-word']);
});
