import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { makeTestPlatform } from '@task-connect/testing';
import sharp from 'sharp';
import { noted, seen, sendBytes } from '../testing.ts';

const app = await makeTestPlatform({ plugins: ['notes'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');
const anonymous = app.as('anonymous');
const path = (note: { id: string }, rest = '') => `/api/notes/${note.id}${rest}`;

test('a reader reads, an editor changes, and only the owner shares, publishes and deletes', async () => {
  const note = await noted(member, { title: 'Suppliers' });
  const share = (access: string) => member.put(path(note, `/sharing/${manager.person}`), { kind: 'person', access });
  const shared = await share('view');
  assert.deepEqual(shared.body.sharedWith, [{ kind: 'person', id: manager.person, access: 'view' }]);
  assert.equal((await manager.get(path(note))).body.access, 'view');
  const readOnly = await manager.patch(path(note), { title: 'x' }, seen(note));
  assert.deepEqual([readOnly.status, readOnly.body.type], [403, 'notes/read-only']);

  await share('edit');
  const changed = await manager.patch(path(note), { text: 'Jute' }, seen(note));
  assert.deepEqual([changed.status, changed.body.updatedBy, changed.body.owner], [200, manager.person, member.person]);
  for (const refused of [
    await manager.delete(path(note)),
    await manager.post(path(note, '/link')),
    await manager.put(path(note, `/sharing/${app.as('owner').person}`), { kind: 'person', access: 'view' }),
  ])
    assert.deepEqual([refused.status, refused.body.type], [403, 'notes/not-yours']);
  assert.equal((await member.get(path(note))).body.text, 'Jute');

  assert.equal((await manager.delete(path(note, `/sharing/${manager.person}`))).status, 204);
  assert.equal((await manager.get(path(note))).status, 404);
  assert.deepEqual((await member.get(path(note))).body.sharedWith, []);
});

test('a reader leaves by themselves', async () => {
  const note = await noted(member);
  await member.put(path(note, `/sharing/${manager.person}`), { kind: 'person', access: 'view' });
  assert.equal((await manager.delete(path(note, `/sharing/${member.person}`))).status, 403);
  assert.equal((await manager.delete(path(note, `/sharing/${manager.person}`))).status, 204);
  assert.equal((await manager.get(path(note))).status, 404);
});

test('what is shared with the organisation is everybody’s in it, and told by its list', async () => {
  const note = await noted(member, { title: 'Certificates' });
  await member.put(path(note, `/sharing/${app.organisation}`), { kind: 'organisation', access: 'view' });
  for (const role of ['guest', 'manager', 'owner'] as const) {
    const listed = (await app.as(role).get('/api/notes?in=shared')).body.items;
    assert.ok(
      listed.some(({ id }: { id: string }) => id === note.id),
      role,
    );
  }
  assert.equal((await app.as('stranger').get(path(note))).status, 404);
});

const addMember = statement<[organisation: string, person: string], never>(
  'test.add-member',
  `insert into membership (organisation_id, person_id, role, joined_at) values ($1, $2, 'guest', now())`,
);

test('a note goes to an organisation that its owner is in, and is changed there, files too', async () => {
  const stranger = app.as('stranger');
  const note = await noted(member, { title: 'Between us' });
  const share = () =>
    member.put(path(note, `/sharing/${stranger.organisation}`), { kind: 'organisation', access: 'edit' });
  assert.deepEqual([(await share()).status, (await stranger.get(path(note))).status], [422, 404]);
  await app.platform.pools.database('users').query(addMember, [stranger.organisation!, member.person!]);
  assert.equal((await share()).status, 200);

  const listed = (await stranger.get('/api/notes')).body.items;
  assert.deepEqual(
    listed.map(({ id, access }: { id: string; access: string }) => [id, access]),
    [[note.id, 'edit']],
  );
  assert.equal((await stranger.get('/api/notes?text=between')).body.items.length, 1);
  const changed = await stranger.patch(path(note), { text: 'Ours' }, seen(note));
  assert.deepEqual([changed.status, changed.body.updatedBy], [200, stranger.person]);
  const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const file = await sendBytes(stranger, `${app.url}${path(note, '/attachments')}?name=a.png`, picture);
  await app.settled();
  const read = (await member.get(path(note))).body;
  assert.deepEqual([read.text, read.attachments[0].thumbnail], ['Ours', 'ready']);
  for (const who of [member, stranger])
    assert.equal((await who.get(path(note, `/attachments/${file.body.id}?size=thumbnail`))).status, 200);
  assert.equal((await stranger.delete(path(note))).status, 403);
  await member.delete(path(note, `/sharing/${stranger.organisation}`));
  assert.equal((await stranger.get(path(note))).status, 404);
});

test('people who are not in the organisation are refused by name', async () => {
  const note = await noted(member);
  for (const person of [app.as('stranger').person, member.person, '0190a000-0000-7000-8000-00000000ffff']) {
    const refused = await member.put(path(note, `/sharing/${person}`), { kind: 'person', access: 'view' });
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/grantee']);
  }
});

test('whoever has the link reads the note and its files, until it is revoked', async () => {
  const note = await noted(member, { title: 'Open day', text: 'Doors at nine.' });
  const other = await noted(member, { title: 'Private' });
  const file = await sendBytes(member, `${app.url}${path(note, '/attachments')}?name=map.txt`, 'left, then right');
  const { link } = (await member.post(path(note, '/link'))).body;
  assert.equal((await member.post(path(note, '/link'))).body.link, link);
  assert.equal((await member.get(path(note))).body.publicLink, link);
  const token = link.split('/').at(-1);
  assert.ok(token.length >= 32);
  const open = `/api/notes/public/${token}`;
  const read = await anonymous.get(open);
  assert.deepEqual([read.status, read.body.title, read.body.text], [200, 'Open day', 'Doors at nine.']);
  assert.deepEqual(Object.keys(read.body).sort(), ['attachments', 'text', 'title', 'updatedAt']);
  assert.equal((await anonymous.get(`${open}/attachments/${file.body.id}`)).body, 'left, then right');
  const foreign = await sendBytes(member, `${app.url}${path(other, '/attachments')}?name=x`, 'secret');
  assert.equal((await anonymous.get(`${open}/attachments/${foreign.body.id}`)).status, 404);

  await member.delete(path(note));
  assert.equal((await anonymous.get(open)).status, 404);
  await member.post(path(note, '/restore'));
  assert.equal((await anonymous.get(open)).status, 200);

  assert.equal((await member.delete(path(note, '/link'))).status, 204);
  for (const dead of [open, `${open}/attachments/${file.body.id}`])
    assert.equal((await anonymous.get(dead)).status, 404);
  const again = (await member.post(path(note, '/link'))).body.link;
  assert.notEqual(again, link);
});

test('a link that was guessed is no link', async () => {
  for (const token of ['x', '', '%00', '..', 'a'.repeat(3000)]) {
    const { status } = await anonymous.get(`/api/notes/public/${encodeURIComponent(token)}`);
    assert.ok(status >= 400 && status < 500, `${token.slice(0, 10)}: ${status}`);
  }
});
