import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPlatform, untilAnswered } from '../test-platform.ts';

const app = await startPlatform();
after(() => app[Symbol.asyncDispose]());
const admin = app.as('administrator');
const yard = `/api/people/organisations/${app.organisation}`;

/** An organisation of one owner. */
async function aRopeWalk() {
  const owner = await app.person('guest', 'Rosa Moll');
  const made = await owner.post('/api/organisations', { name: 'Rope Walk' });
  assert.equal(made.status, 201);
  return { owner: owner.person!, path: `/api/people/organisations/${made.body.id}` };
}

test('an administrator lists organisations, in pages, by a part of the name, without the personal ones', async () => {
  await aRopeWalk();
  const all = (await admin.get('/api/people/organisations?count=true')).body;
  const names = all.items.map((each: { name: string }) => each.name);
  assert.deepEqual([names[0], names.at(-1)], ['Lantern Yard', 'Rope Walk']);
  assert.equal(all.total, names.length);
  const first = (await admin.get('/api/people/organisations?limit=1')).body;
  const second = (await admin.get(`/api/people/organisations?limit=1&cursor=${first.next}`)).body;
  assert.equal(second.items[0].id, all.items[1].id);
  assert.equal((await admin.get('/api/people/organisations?text=ROPE')).body.items.length, 1);
  assert.ok((await admin.get('/api/people/organisations?personal=true')).body.items.length >= 6);
  assert.ok(all.items[0].members >= 4);
  assert.ok(all.items[0].owners.includes('owner'));
});

test('an administrator puts people in, changes roles and removes them, but never the last owner', async () => {
  const stranger = app.as('stranger');
  const of = (person: string | undefined) => `${yard}/members/${person}`;
  assert.equal((await admin.put(of(stranger.person), { role: 'member' })).status, 200);
  const members = (await admin.get(`${yard}/members`)).body.items;
  assert.ok(members.some((each: { person: string }) => each.person === stranger.person));
  assert.equal((await admin.put(of(stranger.person), { role: 'manager' })).body.role, 'manager');
  const { owner, path: rope } = await aRopeWalk();
  const refused = await admin.put(`${rope}/members/${owner}`, { role: 'guest' });
  assert.deepEqual([refused.status, refused.body.type], [409, 'people/last-owner']);
  assert.equal((await admin.delete(`${rope}/members/${owner}`)).status, 409);
  assert.equal((await admin.delete(of(stranger.person))).status, 204);
  assert.equal((await admin.delete(of(stranger.person))).status, 404);
  assert.equal((await admin.put(of(app.organisation), { role: 'member' })).status, 404);
  assert.equal((await admin.put(of(stranger.person), { role: 'king' })).status, 422);
  const personal = (await admin.get('/api/people/organisations?personal=true')).body.items[0].id;
  const path = `/api/people/organisations/${personal}/members/${stranger.person}`;
  assert.equal((await admin.put(path, { role: 'member' })).status, 409);
});

test('invitations to any organisation are seen, sent again and withdrawn', async () => {
  const sent = await app
    .as('owner')
    .post(`/api/organisations/${app.organisation}/invitations`, { address: 'new@lanternyard.example' });
  const { pending } = (await admin.get(yard)).body;
  assert.equal(pending.length, 1);
  assert.equal(pending[0].invitedByName, 'owner');
  const again = await admin.post(`${yard}/invitations/${sent.body.id}/resend`);
  assert.equal(again.status, 201);
  assert.notEqual(again.body.link, sent.body.link);
  const token = new URL(sent.body.link).searchParams.get('token');
  assert.equal((await app.as('stranger').post('/api/invitations/accept', { token })).status, 410);
  assert.equal((await admin.delete(`${yard}/invitations/${again.body.id}`)).status, 204);
  assert.equal((await admin.delete(`${yard}/invitations/${again.body.id}`)).status, 404);
});

test('a manager sends an invitation of their organisation again; a member does not', async () => {
  const path = `/api/organisations/${app.organisation}/invitations`;
  const { id } = (await app.as('manager').post(path, { address: 'again@lanternyard.example' })).body;
  const owners = (await app.as('owner').post(path, { address: 'boss@lanternyard.example', role: 'owner' })).body.id;
  assert.equal((await app.as('member').post(`${path}/${id}/resend`)).status, 403);
  assert.equal((await app.as('manager').post(`${path}/${owners}/resend`)).status, 403);
  const again = await app.as('manager').post(`${path}/${id}/resend`);
  assert.equal(again.status, 201);
  const token = new URL(again.body.link).searchParams.get('token');
  const person = await app.person('guest');
  assert.equal((await person.post('/api/invitations/accept', { token })).body.role, 'member');
});

test('an owner hands ownership on and is a manager then', async () => {
  const [owner, heir] = [await app.person('owner'), await app.person('member')];
  const path = `/api/organisations/${app.organisation}/owner`;
  assert.equal((await app.as('manager').put(path, { person: heir.person })).status, 403);
  assert.equal((await owner.put(path, { person: app.organisation })).status, 404);
  assert.equal((await owner.put(path, { person: heir.person })).body.role, 'owner');
  const role = async (client: typeof owner) => (await client.get('/api/me')).body.organisation.role;
  assert.equal(await role(heir), 'owner');
  assert.equal(await role(owner), 'manager');
  await untilAnswered(owner, path.replace('/owner', ''), 200);
});

test('an administrator renames one, against the version that they read', async () => {
  const { version, name } = (await admin.get(yard)).body;
  assert.equal((await admin.patch(yard, { name: 'Quay' }, { 'if-match': `"${version}"` })).status, 200);
  assert.equal((await admin.patch(yard, { name: 'Late' }, { 'if-match': `"${version}"` })).status, 412);
  assert.equal((await admin.patch(yard, { name })).status, 200);
});

test('nobody but an administrator does any of it', async () => {
  for (const role of ['guest', 'member', 'manager', 'owner', 'stranger'] as const) {
    const client = app.as(role);
    const member = `${yard}/members/${client.person}`;
    const answers = await Promise.all([
      client.get('/api/people/organisations'),
      client.get(yard),
      client.patch(yard, { name: 'Mine' }),
      client.get(`${yard}/members`),
      client.put(member, { role: 'owner' }),
      client.delete(member),
      client.post(`${yard}/invitations/${client.person}/resend`),
      client.delete(`${yard}/invitations/${client.person}`),
    ]);
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [403], role);
  }
  assert.equal((await admin.get('/api/people/organisations/nonsense')).status, 422);
});
