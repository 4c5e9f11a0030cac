import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, admin, aKeycloakSite, signInAtKeycloak } from './test-keycloak.ts';
import { until, whoAsks } from './test-site.ts';

// Pages that are Keycloak’s where people sign in there: ours of the same paths lead to them.

async function pageOf(location: string | null): Promise<{ status: number; text: string }> {
  const answer = await fetch(location!);
  return { status: answer.status, text: await answer.text() };
}

test('making an account, choosing a password and the account itself are Keycloak’s pages', async () => {
  const { site, realm } = await aKeycloakSite({ REALM_REGISTRATION: 'true' });
  const locationOf = async (path: string) => {
    const { status, headers } = await site.browser().send(`${site.publicUrl}${path}`);
    assert.equal(status, 303, path);
    const location = headers.get('location')!;
    assert.ok(location.startsWith(`${realm.issuer}/`), location);
    return location;
  };
  const register = await pageOf(await locationOf('/auth/register'));
  assert.equal(register.status, 200);
  assert.match(register.text, /id="kc-register-form"/);
  // First one signs in, then chooses another.
  const location = await locationOf('/auth/password');
  assert.equal(new URL(location).searchParams.get('kc_action'), 'UPDATE_PASSWORD');
  const password = await pageOf(location);
  assert.deepEqual([password.status, /id="kc-form-login"/.test(password.text)], [200, true]);
  const account = await pageOf(await locationOf('/auth/account'));
  assert.equal(account.status, 200);
  for (const path of ['/oidc/forgot', '/oidc/reset', '/oidc/verify'])
    assert.equal((await site.browser().send(`${site.publicUrl}${path}`)).status, 404);
});

test('a page of Keycloak’s in the browser ends the session that it names, and no other', async () => {
  const { site, realm } = await aKeycloakSite({ REALM_FRONT_CHANNEL_LOGOUT: 'true' });
  const id = await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  const [session] = await admin<{ id: string }[]>('GET', `/${realm.name}/users/${id}/sessions`);
  const frame = (iss: string, sid: string) =>
    fetch(`${site.publicUrl}/auth/front-channel-logout?${new URLSearchParams({ iss, sid })}`);
  assert.equal((await frame('https://else.example', session!.id)).status, 400);
  assert.equal((await frame(realm.issuer, 'another')).status, 200);
  assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
  const answer = await frame(realm.issuer, session!.id);
  assert.equal(answer.status, 200);
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.match(policy, new RegExp(`frame-ancestors ${new URL(realm.issuer).origin}`));
  await until(async () => (await whoAsks(site.identity, { cookie })).status === 401);
});
