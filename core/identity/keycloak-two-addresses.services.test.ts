import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { test } from 'node:test';
import { addressOf } from '../testing/real-servers.ts';
import { ada, admin, aKeycloakSite, signInAtKeycloak } from './test-keycloak.ts';
import { until, whoAsks } from './test-site.ts';

// People know Keycloak by a name that leads nowhere from here (RFC 2606 keeps `.invalid` so); this process reaches it by
// TC_OIDC_BACK_CHANNEL_URL. The test’s browser finds the name, as people’s would.

const frontend = 'http://sign-in.task-connect.invalid';

/** The name of people, at the place where it would lead. */
function resolve(url: URL): URL {
  return new URL(url.href.replace(frontend, addressOf('keycloak')));
}

test('one name for people and another address for the platform: sign-in, sessions and sign-out go through', async () => {
  await assert.rejects(lookup(new URL(frontend).hostname));
  const { site, realm } = await aKeycloakSite({}, { frontend });
  await realm.addUser(ada);
  const { headers } = await site.browser().send(`${site.publicUrl}/auth/login`);
  assert.ok(headers.get('location')!.startsWith(`${frontend}/realms/${realm.name}/`));
  const { cookie, browser, page } = await signInAtKeycloak(site, ada, resolve);
  assert.equal(page.status, 303, page.text);
  const { actor } = await whoAsks(site.identity, { cookie });
  assert.equal(actor?.name, ada.name);

  // Looked at there when its token is over.
  site.world.now = site.world.now.add({ seconds: 301 });
  assert.equal((await whoAsks(site.identity, { cookie })).status, 200);

  const ofPage = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'tc' };
  const out = await browser.send(`${site.publicUrl}/auth/logout`, { method: 'POST', headers: ofPage });
  assert.ok((JSON.parse(out.text) as { location: string }).location.startsWith(`${frontend}/realms/${realm.name}/`));
  assert.deepEqual(await site.identity.check(), { ok: true });
  assert.deepEqual(site.world.errors, []);
});

test('what Keycloak ends there ends here, and people are managed there, by the other address', async () => {
  const { site, realm } = await aKeycloakSite({}, { frontend });
  const id = await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada, resolve);
  const { actor } = await whoAsks(site.identity, { cookie });
  assert.ok(actor?.person);
  await admin('POST', `/${realm.name}/users/${id}/logout`);
  await until(async () => (await whoAsks(site.identity, { cookie })).status === 401);

  const { issuerPeople } = site.identity.parts;
  const { token } = await site.identity.issuePersonalToken({
    person: actor.person,
    organisation: actor.organisation,
    name: 'test',
    scopes: ['*'],
    expiresAt: null,
  });
  const authorization = `Bearer ${token}`;
  assert.equal((await whoAsks(site.identity, { authorization })).status, 200);
  await admin('PUT', `/${realm.name}/users/${id}`, { enabled: false });
  await issuerPeople!.look();
  await until(async () => (await whoAsks(site.identity, { authorization })).status === 401);
});
