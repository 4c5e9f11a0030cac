import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { startPlatform, untilAnswered } from '../test-platform.ts';

const app = await startPlatform();
after(() => app[Symbol.asyncDispose]());
const admin = app.as('administrator');

test('an administrator sees all accounts, in pages and by a part of the name', async () => {
  const all = (await admin.get('/api/people?limit=200&count=true')).body;
  assert.ok(all.items.length >= 6);
  assert.equal(all.total, all.items.length);
  const first = (await admin.get('/api/people?limit=2')).body;
  const second = (await admin.get(`/api/people?limit=2&cursor=${first.next}`)).body;
  assert.deepEqual(
    [...first.items, ...second.items].map((each: { id: string }) => each.id),
    all.items.slice(0, 4).map((each: { id: string }) => each.id),
  );
  const found = (await admin.get('/api/people?text=STRANGER')).body.items;
  assert.deepEqual(
    found.map((each: { name: string }) => each.name),
    ['stranger'],
  );
  assert.equal((await admin.get('/api/people?active=false')).body.items.length, 0);
  assert.equal((await admin.get('/api/people?text=%25')).body.items.length, 0);
});

test('nobody else does', async () => {
  for (const role of ['guest', 'member', 'manager', 'owner', 'stranger'] as const) {
    assert.equal((await app.as(role).get('/api/people')).status, 403);
    assert.equal((await app.as(role).post('/api/people', { name: 'x', address: 'x@example.test' })).status, 403);
    assert.equal((await app.as(role).patch(`/api/people/${app.as('owner').person}`, { active: false })).status, 403);
  }
  assert.equal((await app.as('anonymous').get('/api/people')).status, 401);
});

test('an account is made with a link to choose a password', async () => {
  const made = await admin.post('/api/people', { name: 'Ines Walter', address: 'ines@lanternyard.example' });
  assert.equal(made.status, 201);
  assert.deepEqual([made.body.name, made.body.active, made.body.addressVerified], ['Ines Walter', true, false]);
  assert.ok(made.body.link.startsWith(`${app.platform.settings.publicUrl}/oidc/reset?token=`));
  const page = await fetch(`${app.url}${new URL(made.body.link).pathname}${new URL(made.body.link).search}`, {
    headers: { host: new URL(app.platform.settings.publicUrl).host },
    redirect: 'manual',
  });
  assert.ok([200, 302, 303, 307, 308].includes(page.status));
  const twice = await admin.post('/api/people', { name: 'Ines', address: 'INES@lanternyard.example' });
  assert.deepEqual([twice.status, twice.body.type], [409, 'identity/address-taken']);
});

test('deactivating cuts a person off, and reactivating brings them back without their tokens', async () => {
  const person = await app.person('member');
  const path = `/api/people/${person.person}`;
  const { body } = await admin.patch(path, { active: false }, { 'if-match': '"1"' });
  assert.deepEqual([body.active, body.version], [false, 2]);
  await untilAnswered(person, '/api/me', 401);
  assert.equal((await admin.patch(path, { active: true }, { 'if-match': '"1"' })).status, 412);
  assert.equal((await admin.patch(path, { active: true })).status, 200);
  assert.equal((await person.get('/api/me')).status, 401);
  const members = (await app.as('owner').get(`/api/organisations/${app.organisation}/members`)).body.items;
  assert.ok(members.some((each: { person: string }) => each.person === person.person));
});

test('platform roles are given and taken, but never from the last administrator', async () => {
  const person = await app.person('member');
  const path = (id: string | undefined) => `/api/people/${id}`;
  for (const change of [{ active: false }, { platformRoles: [] }]) {
    const refused = await admin.patch(path(admin.person), change);
    assert.deepEqual([refused.status, refused.body.type], [409, 'people/last-administrator']);
  }
  assert.equal((await admin.patch(path(person.person), { platformRoles: ['administrator'] })).status, 200);
  await untilAnswered(person, '/api/people', 200);
  const answers = await Promise.all([
    admin.patch(path(person.person), { platformRoles: [] }),
    person.patch(path(admin.person), { platformRoles: [] }),
  ]);
  assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
  const left = (
    await app.platform.pools
      .database('users')
      .query(
        statement<[], { n: number }>(
          't.administrators',
          `select count(*)::int as n from person where 'administrator' = any (platform_roles)`,
        ),
        [],
      )
  )[0];
  assert.equal(left!.n, 1);
});

test('what was changed stands in the audit log, without a secret', async () => {
  await app.settled();
  const client = await app.platform.pools.connect('platform');
  const { rows } = await client.query('select action, subject, actor_name, request_id, before, after from audit');
  client.release();
  const actions = new Set(rows.map((row: { action: string }) => row.action));
  for (const action of ['person.made', 'person.changed']) assert.ok(actions.has(action), action);
  assert.doesNotMatch(JSON.stringify(rows), /token=|tc_pat_|argon2/);
  assert.ok(rows.every((row: { request_id: string | null }) => row.request_id !== null));
});
