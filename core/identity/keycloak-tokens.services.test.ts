import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { decodeJwt } from 'jose';
import { ada, admin, aKeycloakSite, type Realm, realmSecrets, signInAtKeycloak } from './test-keycloak.ts';
import { until, whoAsks } from './test-site.ts';

// Tokens that Keycloak itself has signed: what programs act by, and by what it ends sessions.

type Client = { id: string; clientId: string } & Record<string, unknown>;

const clientOf = async (realm: Realm, clientId: string) =>
  (await admin<Client[]>('GET', `/${realm.name}/clients?clientId=${clientId}`))[0]!;

/** As a program of the person’s gets one; the realm’s own clients may not, so a test says that this one may. */
async function accessToken(realm: Realm, clientId: string): Promise<string> {
  const client = await clientOf(realm, clientId);
  await admin('PUT', `/${realm.name}/clients/${client.id}`, { ...client, directAccessGrantsEnabled: true });
  const answer = await fetch(`${realm.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: clientId,
      ...(clientId === 'task-connect' ? { client_secret: realmSecrets.clientSecret } : {}),
      scope: 'openid profile email',
      username: ada.address,
      password: ada.password,
    }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return (JSON.parse(text) as { access_token: string }).access_token;
}

test('an access token of Keycloak’s is good for the API that it names, until its end, and no other is', async () => {
  const { site, realm } = await aKeycloakSite();
  await realm.addUser(ada);
  const authorization = `Bearer ${await accessToken(realm, 'task-connect')}`;
  const { status, actor } = await whoAsks(site.identity, { authorization });
  assert.deepEqual([status, actor?.name], [200, ada.name]);
  const forOther = `Bearer ${await accessToken(realm, 'admin-cli')}`;
  const refused = await whoAsks(site.identity, { authorization: forOther });
  assert.equal(refused.status, 401);
  assert.equal((await whoAsks(site.identity, { authorization: `${authorization}x` })).status, 401);
  const { exp } = decodeJwt(authorization.slice('Bearer '.length));
  site.world.now = Temporal.Instant.fromEpochMilliseconds((exp! - 1) * 1000);
  assert.equal((await whoAsks(site.identity, { authorization })).status, 200);
  // Its end and the skew that is allowed.
  site.world.now = site.world.now.add({ seconds: 32 });
  assert.equal((await whoAsks(site.identity, { authorization })).status, 401);
});

test('a key that is removed at Keycloak signs nothing more, and throws nobody out', async () => {
  const { site, realm } = await aKeycloakSite();
  await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  const old = `Bearer ${await accessToken(realm, 'task-connect')}`;
  const parentId = (await admin<{ id: string }>('GET', `/${realm.name}`)).id;
  const type = 'org.keycloak.keys.KeyProvider';
  const components = await admin<{ id: string; name: string }[]>('GET', `/${realm.name}/components?type=${type}`);
  const before = components.find(({ name }) => name === 'ecdsa-generated');
  await admin('POST', `/${realm.name}/components`, {
    name: 'newer',
    providerId: 'ecdsa-generated',
    providerType: type,
    parentId,
    config: { priority: ['900'], ecdsaEllipticCurveKey: ['P-256'] },
  });
  await admin('DELETE', `/${realm.name}/components/${before!.id}`);

  // A process that has never seen the old key.
  const fresh = await site.start();
  assert.equal((await whoAsks(fresh, { authorization: old })).status, 401);
  assert.equal((await whoAsks(fresh, { cookie })).status, 200);
  site.world.now = site.world.now.add({ seconds: 301 });
  assert.equal((await whoAsks(fresh, { cookie })).status, 200);
  assert.ok((await signInAtKeycloak(site, ada)).cookie);
});

test('a logout token of Keycloak’s is taken once', async () => {
  const heard: string[] = [];
  const between = createServer(async (req, res) => {
    let body = '';
    for await (const part of req) body += part;
    heard.push(body);
    res.end();
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  after(() => between.close().closeAllConnections());
  const { port } = between.address() as AddressInfo;
  const { site, realm } = await aKeycloakSite({ REALM_LOGOUT_URL: `http://127.0.0.1:${port}` });
  const id = await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  await admin('POST', `/${realm.name}/users/${id}/logout`);
  await until(async () => heard.length > 0);
  const send = (body: string) =>
    fetch(`${site.publicUrl}/auth/back-channel-logout`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
  assert.equal((await send(heard[0]!)).status, 200);
  await until(async () => (await whoAsks(site.identity, { cookie })).status === 401);
  const again = await send(heard[0]!);
  assert.equal(again.status, 400);
  assert.match(await again.text(), /used already/);
  // Nor is it by a session that began since.
  const since = await signInAtKeycloak(site, ada);
  assert.equal((await send(heard[0]!)).status, 400);
  assert.equal((await whoAsks(site.identity, { cookie: since.cookie })).status, 200);
});

test('who guesses passwords at Keycloak is kept waiting there, also with the right one', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser(ada);
  const guess = { ...ada, password: 'a guess of somebody' };
  for (let count = 0; count < 10; count += 1) assert.equal((await signInAtKeycloak(site, guess)).cookie, '');
  assert.equal((await signInAtKeycloak(site, ada)).cookie, '');
  const path = `/${realm.name}/attack-detection/brute-force/users/${id}`;
  assert.equal((await admin<{ disabled: boolean }>('GET', path)).disabled, true);
  await admin('DELETE', path);
  assert.ok((await signInAtKeycloak(site, ada)).cookie);
});
