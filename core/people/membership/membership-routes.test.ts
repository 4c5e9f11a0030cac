import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Client, makeClient } from '../../testing/client.ts';
import { startPlatform, untilAnswered } from '../test-platform.ts';

const app = await startPlatform();
after(() => app[Symbol.asyncDispose]());

const at = (organisation: string) => ({ 'tc-organization': organisation });

/** A person’s own login would act in several organisations; a token is bound, so each test makes one for its own. */
async function inNew(person: Client, name: string): Promise<{ owner: Client; id: string }> {
  const personal = await personalClient(person);
  const { body } = await personal.post('/api/organisations', { name });
  return { owner: await clientIn(person.person!, body.id), id: body.id };
}

async function clientIn(person: string, organisation: string): Promise<Client> {
  const { token } = await app.platform.identity.issuePersonalToken({
    person,
    organisation,
    name: 'test',
    scopes: ['*'],
    expiresAt: null,
  });
  return makeClient(app.url, { token, person, organisation });
}

async function personalClient(person: Client): Promise<Client> {
  const { body } = await person.get('/api/me');
  return clientIn(person.person!, body.organisations[0].id);
}

test('who makes an organisation owns it', async () => {
  const person = await app.person('guest');
  const { owner, id } = await inNew(person, 'Quay Street');
  const me = (await owner.get('/api/me')).body;
  assert.deepEqual([me.organisation.name, me.organisation.role], ['Quay Street', 'owner']);
  const read = await owner.get(`/api/organisations/${id}`);
  assert.deepEqual([read.body.name, read.body.personal, read.headers.get('etag')], ['Quay Street', false, '"1"']);
  const list = (await person.get('/api/organisations')).body.items;
  assert.deepEqual(
    list.map((each: { name: string }) => each.name).sort(),
    ['Lantern Yard', 'Quay Street', me.name].sort(),
  );
});

test('a name is changed by an owner, against the version that they read', async () => {
  const { owner, id } = await inNew(await app.person('guest'), 'Before');
  assert.equal((await owner.patch(`/api/organisations/${id}`, { name: 'After' }, { 'if-match': '"1"' })).status, 200);
  const stale = await owner.patch(`/api/organisations/${id}`, { name: 'Stale' }, { 'if-match': '"1"' });
  assert.equal(stale.status, 412);
  assert.equal((await owner.get(`/api/organisations/${id}`)).body.name, 'After');
  assert.equal((await app.as('manager').patch(`/api/organisations/${app.organisation}`, { name: 'Mine' })).status, 403);
});

test('mail addresses are for members, and for programs whose token was made for it', async () => {
  const members = `/api/organisations/${app.organisation}/members`;
  const addresses = async (client: Client) =>
    (await client.get(members)).body.items
      .filter((each: { person: string }) => each.person !== client.person)
      .map((each: { address: string | null }) => each.address !== null);
  const scoped = async (scopes: string[]) => {
    const manager = await app.person('manager');
    const { token } = (await manager.post('/api/me/tokens', { name: 'x', scopes })).body;
    return makeClient(app.url, { token, person: manager.person!, organisation: app.organisation });
  };
  for (const [client, sees] of [
    [app.as('member'), true],
    [app.as('owner'), true],
    [await scoped(['organisation:addresses']), true],
    [app.as('guest'), false],
    [await scoped(['organisation:invite']), false],
  ] as const) {
    const seen = await addresses(client);
    assert.ok(seen.length >= 4);
    assert.ok(seen.every((each: boolean) => each === sees));
  }
  const own = (await app.as('guest').get(members)).body.items.find(
    (each: { person: string }) => each.person === app.as('guest').person,
  );
  assert.ok(own.address);
});

test('members are listed in pages, to members alone', async () => {
  const members = `/api/organisations/${app.organisation}/members`;
  const all = (await app.as('guest').get(members)).body.items;
  assert.ok(all.length >= 5);
  assert.deepEqual(Object.keys(all[0]).sort(), ['address', 'joinedAt', 'name', 'person', 'role']);
  const seen: string[] = [];
  let next: string | null = '';
  for (let pages = 0; next !== null && pages < 20; pages += 1) {
    const page: { items: { person: string }[]; next: string | null; total: number } = (
      await app.as('member').get(`${members}?limit=2&count=true${next ? `&cursor=${next}` : ''}`)
    ).body;
    assert.equal(page.total, all.length);
    seen.push(...page.items.map((item) => item.person));
    next = page.next;
  }
  assert.deepEqual(
    seen,
    all.map((item: { person: string }) => item.person),
  );
  assert.equal((await app.as('stranger').get(members)).status, 404);
  assert.equal((await app.as('stranger').get(`/api/organisations/${app.organisation}`)).status, 404);
  assert.equal(
    (
      await app
        .as('administrator')
        .get(members.replace(app.organisation, (await inNew(await app.person('guest'), 'x')).id))
    ).status,
    404,
  );
});

test('an owner changes roles, which count at once', async () => {
  const member = await app.person('member');
  const path = `/api/organisations/${app.organisation}/members/${member.person}`;
  for (const role of ['guest', 'member', 'manager'] as const)
    assert.equal((await app.as(role).patch(path, { role: 'owner' })).status, 403);
  assert.equal((await app.as('stranger').patch(path, { role: 'owner' })).status, 404);
  const answer = await app.as('owner').patch(path, { role: 'manager' });
  assert.deepEqual([answer.status, answer.body.role], [200, 'manager']);
  await untilAnswered(member, `/api/organisations/${app.organisation}/invitations`, 200);
  assert.equal((await app.as('owner').patch(path, { role: 'king' })).status, 422);
});

test('the last owner stays, also when two leave at the same moment', async () => {
  const { owner, id } = await inNew(await app.person('guest'), 'Two owners');
  const path = (person: string) => `/api/organisations/${id}/members/${person}`;
  const alone = await owner.delete(path(owner.person!));
  assert.deepEqual([alone.status, alone.body.type], [409, 'people/last-owner']);
  assert.equal((await owner.patch(path(owner.person!), { role: 'member' })).status, 409);

  const second = await app.person('guest');
  const invited = (
    await owner.post(`/api/organisations/${id}/invitations`, { address: 'second@example.test', role: 'owner' })
  ).body;
  const token = new URL(invited.link).searchParams.get('token');
  assert.equal((await second.post('/api/invitations/accept', { token })).status, 200);
  const other = await clientIn(second.person!, id);
  const answers = await Promise.all([owner.delete(path(owner.person!)), other.delete(path(other.person!))]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [204, 409]);
});

test('whoever wants leaves, and an owner removes', async () => {
  const [leaves, goes] = [await app.person('guest'), await app.person('member')];
  const path = (person: Client) => `/api/organisations/${app.organisation}/members/${person.person}`;
  assert.equal((await leaves.delete(path(goes))).status, 403);
  assert.equal((await leaves.delete(path(leaves))).status, 204);
  await untilAnswered(leaves, '/api/me', 404);
  assert.equal((await app.as('owner').delete(path(goes))).status, 204);
  await untilAnswered(goes, '/api/me', 404);
  assert.equal((await app.as('owner').delete(path(goes))).status, 404);
});

test('nobody joins or leaves a personal organisation', async () => {
  const personal = await personalClient(await app.person('guest'));
  const { id, personal: isPersonal } = (await personal.get('/api/me')).body.organisation;
  assert.equal(isPersonal, true);
  const invited = await personal.post(`/api/organisations/${id}/invitations`, { address: 'else@example.test' });
  assert.deepEqual([invited.status, invited.body.type], [409, 'people/personal-organisation']);
  assert.equal((await personal.delete(`/api/organisations/${id}/members/${personal.person}`)).status, 409);
  assert.equal((await personal.get('/api/me', at(id))).status, 200);
});
