import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { manualClock } from '../../testing/clock.ts';
import { startPlatform } from '../test-platform.ts';

const clock = manualClock();
const app = await startPlatform({ clock });
after(() => app[Symbol.asyncDispose]());

const invitations = `/api/organisations/${app.organisation}/invitations`;
const tokenOf = (link: string) => new URL(link).searchParams.get('token');
let addresses = 0;
const anAddress = () => `guest.${++addresses}@example.test`;

/** Mails as the file adapter keeps them. */
function mails(): string[] {
  const folder = join(app.platform.settings.data, 'mail');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

test('a manager invites, the mail carries the link, and its holder joins once', async () => {
  const address = anAddress();
  const made = await app.as('manager').post(invitations, { address, role: 'member' });
  assert.equal(made.status, 201);
  assert.equal(made.body.link.startsWith(`${app.platform.settings.publicUrl}/auth/invitation?token=`), true);
  await app.settled();
  const mail = mails().find((text) => text.includes(address));
  assert.ok(mail);
  assert.ok(
    mail
      .replace(/=\r?\n/g, '')
      .replaceAll('=3D', '=')
      .includes(made.body.link),
  );

  const token = tokenOf(made.body.link);
  const stranger = app.as('stranger');
  const joined = await stranger.post('/api/invitations/accept', { token });
  assert.deepEqual([joined.status, joined.body.id, joined.body.role], [200, app.organisation, 'member']);
  const again = await stranger.post('/api/invitations/accept', { token });
  assert.deepEqual([again.status, again.body.type], [410, 'people/invitation-ended']);
  const names = (await stranger.get('/api/organisations')).body.items.map((each: { name: string }) => each.name);
  assert.ok(names.includes('Lantern Yard'));
});

test('one invitation taken up by many at the same moment lets one in', async () => {
  const { link } = (await app.as('owner').post(invitations, { address: anAddress() })).body;
  const people = await Promise.all([1, 2, 3, 4].map(() => app.person('guest')));
  const token = tokenOf(link);
  const answers = await Promise.all(people.map((person) => person.post('/api/invitations/accept', { token })));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 410, 410, 410]);
});

test('an invitation makes nobody less than they are', async () => {
  const { link } = (await app.as('owner').post(invitations, { address: anAddress(), role: 'guest' })).body;
  assert.equal((await app.as('owner').post('/api/invitations/accept', { token: tokenOf(link) })).status, 200);
  assert.equal((await app.as('owner').get('/api/me')).body.organisation.role, 'owner');
});

test('nobody invites above their own role, and members and strangers not at all', async () => {
  const address = anAddress();
  const above = await app.as('manager').post(invitations, { address, role: 'owner' });
  assert.deepEqual([above.status, above.body.type], [403, 'people/role-too-high']);
  for (const role of ['guest', 'member'] as const) {
    assert.equal((await app.as(role).post(invitations, { address })).status, 403);
    assert.equal((await app.as(role).get(invitations)).status, 403);
  }
  const outsider = await app.person('owner');
  assert.equal((await outsider.post(invitations.replace(app.organisation, outsider.person!), { address })).status, 404);
});

test('a second invitation to an address takes the place of the first; a member is not invited', async () => {
  const address = anAddress();
  const first = (await app.as('owner').post(invitations, { address })).body;
  const second = (await app.as('owner').post(invitations, { address: address.toUpperCase() })).body;
  const person = await app.person('guest');
  assert.equal((await person.post('/api/invitations/accept', { token: tokenOf(first.link) })).status, 410);
  assert.equal((await person.post('/api/invitations/accept', { token: tokenOf(second.link) })).status, 200);

  const me = (await person.get('/api/me')).body;
  const already = await app.as('owner').post(invitations, { address: me.address });
  assert.deepEqual([already.status, already.body.type], [409, 'people/member-already']);
});

test('invitations are listed without their tokens, withdrawn, and end by themselves', async () => {
  const address = anAddress();
  const { id, link } = (await app.as('owner').post(invitations, { address })).body;
  const listed = (await app.as('manager').get(invitations)).body.items;
  assert.ok(listed.some((each: { id: string }) => each.id === id));
  assert.equal(JSON.stringify(listed).includes(tokenOf(link)!), false);
  assert.equal((await app.as('manager').delete(`${invitations}/${id}`)).status, 204);
  assert.equal((await app.as('manager').delete(`${invitations}/${id}`)).status, 404);
  assert.equal((await app.as('stranger').post('/api/invitations/accept', { token: tokenOf(link) })).status, 410);

  const late = (await app.as('owner').post(invitations, { address: anAddress() })).body;
  clock.advance({ days: 14, minutes: 1 });
  assert.equal((await app.as('stranger').post('/api/invitations/accept', { token: tokenOf(late.link) })).status, 410);
  assert.equal((await app.as('owner').get(invitations)).body.items.length, 0);
});

test('nobody comes back by an invitation that they sent before they were removed or deactivated', async () => {
  const [owner, admin] = [app.as('owner'), app.as('administrator')];
  const ends: Record<string, (person: string) => Promise<{ status: number }>> = {
    removed: (person) => owner.delete(`/api/organisations/${app.organisation}/members/${person}`),
    deactivated: (person) => admin.patch(`/api/people/${person}`, { active: false }),
  };
  for (const [how, end] of Object.entries(ends)) {
    const manager = await app.person('manager');
    const { id, link } = (await manager.post(invitations, { address: anAddress(), role: 'manager' })).body;
    assert.ok((await end(manager.person!)).status < 300, how);
    const open = (await owner.get(`${invitations}?limit=200`)).body.items.map((each: { id: string }) => each.id);
    assert.equal(open.includes(id), false, how);
    const back = await app.as('stranger').post('/api/invitations/accept', { token: tokenOf(link) });
    assert.equal(back.status, 410, how);
  }
});

test('whoever gets a lower role keeps the invitations that they may still send', async () => {
  const other = await app.person('owner');
  const sent = async (role: string) =>
    (await other.post(invitations, { address: anAddress(), role })).body.id as string;
  const [asOwner, asManager] = [await sent('owner'), await sent('manager')];
  const lower = async (role: string) => {
    const path = `/api/organisations/${app.organisation}/members/${other.person}`;
    assert.equal((await app.as('owner').patch(path, { role })).status, 200);
    const open = (await app.as('owner').get(`${invitations}?limit=200`)).body.items;
    return [asOwner, asManager].map((id) => open.some((each: { id: string }) => each.id === id));
  };
  assert.deepEqual(await lower('manager'), [false, true]);
  assert.deepEqual(await lower('member'), [false, false]);
});

test('one address gets no more than three letters at once, and others still do', async () => {
  const address = anAddress();
  const statuses: number[] = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await app.as('manager').post(invitations, { address })).status);
  assert.deepEqual(statuses, [201, 201, 201, 429]);
  // Whoever asks for it.
  const refused = await app.as('owner').post(invitations, { address });
  assert.deepEqual([refused.body.type, refused.headers.get('retry-after')], ['people/too-many-letters', '30']);
  assert.equal((await app.as('manager').post(invitations, { address: anAddress() })).status, 201);
  clock.advance({ seconds: 30 });
  assert.equal((await app.as('manager').post(invitations, { address })).status, 201);
});

test('one person sends no more than a hundred letters at once', async () => {
  const sender = await app.person('manager');
  for (let n = 0; n < 100; n += 1)
    assert.equal((await sender.post(invitations, { address: anAddress() })).status, 201, String(n));
  const refused = await sender.post(invitations, { address: anAddress() });
  assert.deepEqual([refused.status, refused.body.type], [429, 'people/too-many-letters']);
  assert.equal((await app.as('owner').post(invitations, { address: anAddress() })).status, 201);
});
