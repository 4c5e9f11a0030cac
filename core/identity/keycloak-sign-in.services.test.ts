import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { ada, admin, aKeycloakSite, signInAtKeycloak } from './test-keycloak.ts';
import { until, whoAsks } from './test-site.ts';

const whoIs = async (answer: Response) => (await answer.json()) as { person: string; name: string };
const rolesOf = async (site: Awaited<ReturnType<typeof aKeycloakSite>>['site'], cookie: string) =>
  (await whoAsks(site.identity, { cookie })).actor?.platformRoles;

test('people are made at their first sign-in, once, with the roles and memberships that Keycloak gives', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser({ ...ada, groups: ['/Platform administrators'] });
  const [yard] = await site.database.query(
    statement<[], { id: string }>(
      't.yard',
      `insert into organisation (name, created_at) values ('Yard', now()) returning id`,
    ),
    [],
  );
  const group = await realm.addGroup(`organisation:${yard!.id}:manager`);
  await realm.join(id, group);

  const first = await signInAtKeycloak(site, ada);
  assert.deepEqual([first.page.status, 'headers' in first.page && first.page.headers.get('location')], [303, '/tasks']);
  const who = await whoIs(await site.api({ cookie: first.cookie }));
  assert.equal(who.name, ada.name);
  assert.deepEqual(await rolesOf(site, first.cookie), ['administrator']);
  const inYard = { cookie: first.cookie, 'tc-organization': yard!.id };
  assert.equal((await whoAsks(site.identity, inYard)).actor?.role, 'manager');

  await realm.leave(id, group);
  await realm.leave(id, await realm.groupId('Platform administrators'));
  const again = await signInAtKeycloak(site, ada);
  assert.equal((await whoIs(await site.api({ cookie: again.cookie }))).person, who.person);
  await until(async () => (await rolesOf(site, again.cookie))?.length === 0);
  await until(async () => (await whoAsks(site.identity, { ...inYard, cookie: again.cookie })).status === 404);
  await site.identity.settled();
  const actions = site.records.map(({ change }) => change.action).sort();
  assert.deepEqual(actions, ['membership.followed', 'membership.followed', 'person.followed', 'person.followed']);
  assert.deepEqual(site.world.errors, []);
});

test('somebody who only says that they have an address does not become the person who has it', async () => {
  const { site, realm } = await aKeycloakSite({});
  await admin('PUT', `/${realm.name}`, { verifyEmail: false });
  const invited = await site.identity.createPerson({ name: 'Ada', address: ada.address });
  await realm.addUser({ ...ada, verified: false });
  const unproven = await signInAtKeycloak(site, ada);
  const thief = await whoIs(await site.api({ cookie: unproven.cookie }));
  assert.notEqual(thief.person, invited);
  await realm.addUser({ name: 'Bo Lind', address: 'bo@lanternyard.example', password: ada.password });
  const bo = await site.identity.createPerson({ name: 'Bo', address: 'bo@lanternyard.example' });
  const proven = await signInAtKeycloak(site, { ...ada, address: 'bo@lanternyard.example' });
  assert.equal((await whoIs(await site.api({ cookie: proven.cookie }))).person, bo);
});

test('Keycloak ends a session here within a second, in all processes, and its message works once', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser(ada);
  const other = await site.start();
  const { cookie } = await signInAtKeycloak(site, ada);
  assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
  assert.equal((await whoAsks(other, { cookie })).status, 200);
  await admin('POST', `/${realm.name}/users/${id}/logout`);
  const begun = performance.now();
  await until(async () => (await whoAsks(site.identity, { cookie })).status === 401);
  await until(async () => (await whoAsks(other, { cookie })).status === 401);
  assert.ok(performance.now() - begun < 1_000);
});

test('who is deactivated at Keycloak is cut off within the life of an access token', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  await admin('PUT', `/${realm.name}/users/${id}`, { enabled: false });
  site.world.now = site.world.now.add({ seconds: 299 });
  assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
  site.world.now = site.world.now.add({ seconds: 2 });
  assert.equal((await whoAsks(site.identity, { cookie })).status, 401);
  const left = await site.database.query(
    statement<[], { n: number }>('t.left', 'select count(*)::int as n from session'),
    [],
  );
  assert.equal(left[0]!.n, 0);
});

test('a session goes on while it goes on at Keycloak, and brings new roles without a sign-in', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  assert.deepEqual(await rolesOf(site, cookie), []);
  await realm.join(id, await realm.groupId('Platform administrators'));
  // Not further than the skew that is allowed: the id token is of the machine’s time.
  await site.database.query(statement<[], never>('t.due', `update session set check_at = '2000-01-01'`), []);
  const fresh = await site.start();
  await until(async () => (await whoAsks(fresh, { cookie })).actor?.platformRoles.length === 1);
  const [row] = await site.database.query(
    statement<[], { later: boolean; sealed: string }>(
      't.later',
      'select check_at > now() as later, refresh_token as sealed from session',
    ),
    [],
  );
  assert.equal(row!.later, true);
  assert.doesNotMatch(row!.sealed, /^eyJ/);
});

test('signing out leads through Keycloak, whose own session ends with ours', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser(ada);
  const { browser, cookie, jar } = await signInAtKeycloak(site, ada);
  const headers = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'tc' };
  const out = await browser.send(`${site.publicUrl}/auth/logout`, { method: 'POST', headers });
  assert.equal((await site.api({ cookie })).status, 401);
  const { location } = JSON.parse(out.text) as { location: string };
  const theirs = [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
  const back = await fetch(location, { redirect: 'manual', headers: { cookie: theirs } });
  assert.deepEqual([back.status, back.headers.get('location')], [302, `${site.publicUrl}/`]);
  assert.deepEqual(await admin('GET', `/${realm.name}/users/${id}/sessions`), []);
});
