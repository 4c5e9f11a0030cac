import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aNote, noted, seen, sendBytes } from '../testing.ts';

const clock = manualClock('2026-11-25T10:41:00Z');
const app = await makeTestPlatform({ plugins: ['notes'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');

const path = (note: { id: string }, rest = '') => `/api/notes/${note.id}${rest}`;
const pointersOf = (body: { errors?: { pointer: string }[] }) => (body.errors ?? []).map(({ pointer }) => pointer);

test('a note is taken with its text alone, as JSON or as plain text', async () => {
  const made = await member.post('/api/notes', { text: 'Hook by the back door. #van' });
  assert.equal(made.status, 201);
  assert.equal(made.headers.get('etag'), '"1"');
  assert.deepEqual([made.body.title, made.body.labels, made.body.access], ['', ['van'], 'owner']);
  assert.deepEqual((await member.get(path(made.body))).body, made.body);

  const plain = await sendBytes(member, `${app.url}/api/notes`, 'Grüße\n\n- [ ] one', {
    'content-type': 'text/plain; charset=utf-8',
  });
  assert.deepEqual([plain.status, plain.body.text], [201, 'Grüße\n\n- [ ] one']);
  const bad = await sendBytes(member, `${app.url}/api/notes`, new Uint8Array([0xff, 0xfe]), {
    'content-type': 'text/plain',
  });
  assert.equal(bad.status, 400);
  const nul = await sendBytes(member, `${app.url}/api/notes`, 'a\0b', { 'content-type': 'text/plain' });
  assert.deepEqual([nul.status, pointersOf(nul.body)], [422, ['/text']]);
});

test('all faults are said at once, and nothing is added', async () => {
  const before = (await member.get('/api/notes?count=true')).body.total;
  const answer = await member.post('/api/notes', {
    title: 'a\nb',
    text: '\ud800',
    labels: ['two words'],
    colour: 'red',
    attachedTo: { plugin: 'tasks' },
  });
  assert.equal(answer.status, 422);
  for (const pointer of ['/title', '/text', '/labels/0', '/colour']) {
    assert.ok(pointersOf(answer.body).includes(pointer), `${pointer} in ${pointersOf(answer.body)}`);
  }
  assert.equal((await member.get('/api/notes?count=true')).body.total, before);
});

test('a change needs the version that was read, and of two one wins', async () => {
  const note = await noted(member, { title: 'Van keys' });
  assert.equal((await member.patch(path(note), { title: 'x' })).status, 428);
  const answers = await Promise.all(
    ['One', 'Two', 'Three'].map((title) => member.patch(path(note), { title }, seen(note))),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
  const now = (await member.get(path(note))).body;
  assert.deepEqual([now.version, now.text], [2, note.text]);
  const same = await member.patch(path(note), { title: now.title }, seen(now));
  assert.deepEqual([same.status, same.body.version], [200, 2]);
});

test('nobody else sees a note until it is shared', async () => {
  const note = await noted(member);
  for (const role of ['manager', 'owner', 'guest', 'stranger'] as const) {
    assert.equal((await app.as(role).get(path(note))).status, 404, role);
    const listed = (await app.as(role).get('/api/notes?limit=200')).body.items;
    assert.ok(!listed.some(({ id }: { id: string }) => id === note.id));
  }
  assert.equal((await manager.patch(path(note), { title: 'Mine' }, seen(note))).status, 404);
  assert.equal((await app.as('guest').post('/api/notes', aNote())).status, 403);
});

test('pin, colour and archive are each person’s own, and change no version', async () => {
  const note = await noted(member);
  await member.put(path(note, `/sharing/${manager.person}`), { kind: 'person', access: 'view' });
  const mine = await member.patch(path(note, '/mine'), { pinned: true, colour: 'straw' });
  assert.deepEqual([mine.body.pinned, mine.body.colour, mine.body.version], [true, 'straw', 1]);
  const theirs = (await manager.get(path(note))).body;
  assert.deepEqual([theirs.pinned, theirs.colour, theirs.archived], [false, null, false]);
  await manager.patch(path(note, '/mine'), { archived: true });
  const onWall = async (who: typeof member, query = '') =>
    (await who.get(`/api/notes?limit=200${query}`)).body.items.some(({ id }: { id: string }) => id === note.id);
  assert.deepEqual(
    [await onWall(member), await onWall(manager), await onWall(manager, '&in=archive')],
    [true, false, true],
  );
  assert.deepEqual([await onWall(member, '&pinned=true'), await onWall(member, '&pinned=false')], [true, false]);
});

test('a note in the trash comes back within 30 days, and is gone after them', async () => {
  const [back, gone] = [await noted(member, { title: 'Back' }), await noted(member, { title: 'Gone' })];
  for (const note of [back, gone]) assert.equal((await member.delete(path(note))).status, 204);
  assert.equal((await member.get(path(gone))).body.trashedAt, '2026-11-25T10:41:00Z');
  assert.equal((await member.patch(path(gone), { title: 'x' }, seen(gone))).status, 409);
  const inTrash = async () =>
    (await member.get('/api/notes?in=trash')).body.items.map(({ title }: { title: string }) => title).sort();
  assert.deepEqual(await inTrash(), ['Back', 'Gone']);

  clock.advance({ hours: 29 * 24 });
  await app.settled();
  assert.deepEqual(await inTrash(), ['Back', 'Gone']);
  assert.equal((await member.post(path(back, '/restore'))).body.trashedAt, null);
  clock.advance({ hours: 2 * 24 });
  await app.settled();
  assert.deepEqual(await inTrash(), []);
  assert.equal((await member.get(path(gone))).status, 404);
  assert.equal((await member.get(path(back))).status, 200);
});

test('what is erased at once has to be in the trash, and is gone', async () => {
  const note = await noted(member);
  assert.equal((await member.post(path(note, '/erase'))).status, 409);
  await member.delete(path(note));
  assert.equal((await member.post(path(note, '/erase'))).status, 204);
  assert.equal((await member.get(path(note))).status, 404);
});

test('what one writes in one go is one entry of the history, and each entry can be restored', async () => {
  const note = await noted(member, { title: 'Plan', text: 'first' });
  let now = note;
  const write = async (text: string) => {
    now = (await member.patch(path(note), { text }, seen(now))).body;
  };
  await write('second');
  clock.advance({ minutes: 3 });
  await write('second, longer');
  clock.advance({ minutes: 20 });
  await write('third');
  const history = async () => (await member.get(path(note, '/versions'))).body.items;
  assert.deepEqual(
    (await history()).map(({ number }: { number: number }) => number),
    [4, 3, 1],
  );
  assert.equal((await member.get(path(note, '/versions/3'))).body.text, 'second, longer');
  assert.equal((await member.post(path(note, '/versions/1/restore'), undefined, seen(note))).status, 412);
  const restored = await member.post(path(note, '/versions/1/restore'), undefined, seen(now));
  assert.deepEqual([restored.body.text, restored.body.version], ['first', 5]);
  assert.deepEqual(
    (await history()).map(({ number, restoredFrom }: Record<string, number>) => [number, restoredFrom]),
    [
      [5, 1],
      [4, null],
      [3, null],
      [1, null],
    ],
  );
  assert.equal((await member.get(path(note, '/versions/2'))).status, 404);
  assert.equal((await member.get(path(note, '/versions/9e9'))).status, 422);
});

test('checks that nest are eight, four of them on top, one done', async () => {
  for (const indent of ['    ', '  ', '\t']) {
    const lines = ['- [x] P', '- [ ] E', `${indent}- [ ] s1`, `${indent}- [ ] s2`, '- [ ] S', `${indent}- [ ] m`];
    const { id } = await noted(member, { text: [...lines, `${indent}- [ ] d`, '- [ ] L'].join('\n') });
    const { preview } = (await member.get('/api/notes?limit=200')).body.items.find(
      (card: { id: string }) => card.id === id,
    );
    assert.deepEqual([preview.itemsTotal, preview.itemsDone], [8, 1]);
    assert.equal(preview.items.filter(({ depth }: { depth: number }) => depth === 0).length, 4);
  }
});
