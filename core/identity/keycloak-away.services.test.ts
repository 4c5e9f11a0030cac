import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverControl } from '../testing/real-servers.ts';
import { ada, admin, aKeycloakSite, signInAtKeycloak } from './test-keycloak.ts';
import { until, whoAsks } from './test-site.ts';

test('new signing keys at Keycloak throw nobody out, and the next sign-in goes through at once', async () => {
  const { site, realm } = await aKeycloakSite();
  await realm.addUser(ada);
  const before = await signInAtKeycloak(site, ada);
  assert.ok(before.cookie);
  const parentId = (await admin<{ id: string }>('GET', `/${realm.name}`)).id;
  await admin('POST', `/${realm.name}/components`, {
    name: 'newer',
    providerId: 'ecdsa-generated',
    providerType: 'org.keycloak.keys.KeyProvider',
    parentId,
    config: { priority: ['900'], ecdsaEllipticCurveKey: ['P-256'] },
  });
  const after = await signInAtKeycloak(site, ada);
  assert.equal((await whoAsks(site.identity, { cookie: after.cookie })).status, 200);
  assert.equal((await whoAsks(site.identity, { cookie: before.cookie })).status, 200);
});

test('while Keycloak hangs sign-in is a 503 that says so, who is signed in goes on, and it comes back by itself', async () => {
  const { site, realm } = await aKeycloakSite();
  await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  const keycloak = serverControl('keycloak');
  keycloak.pause();
  try {
    const fresh = await site.start();
    // What was known a moment ago still counts, so a process that knows nothing yet is asked.
    assert.equal((await fresh.check()).ok, false);
    site.world.now = site.world.now.add({ seconds: 600 });
    assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
    await site.restart();
    const refused = await site.browser().send(`${site.publicUrl}/auth/login`);
    assert.equal(refused.status, 503);
    assert.ok(refused.headers.get('retry-after'));
    assert.match(refused.text, /does not answer/);
  } finally {
    keycloak.resume();
  }
  const again = await site.browser().send(`${site.publicUrl}/auth/login`);
  assert.equal(again.status, 303);
  assert.deepEqual(await site.identity.check(), { ok: true });
});

test('a platform that starts while Keycloak is stopped serves who is signed in, tells why nobody else can, and needs no restart', async () => {
  const { site, realm } = await aKeycloakSite();
  await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  const keycloak = serverControl('keycloak');
  await keycloak.stop();
  try {
    await site.restart();
    assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
    const refused = await site.browser().send(`${site.publicUrl}/auth/login`);
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5']);
    const check = await site.identity.check();
    assert.deepEqual(check, {
      ok: false,
      reason: `${realm.issuer} does not answer. New sign-ins are refused until it does; who is signed in goes on.`,
    });
  } finally {
    await keycloak.start();
  }
  assert.deepEqual(await site.identity.check(), { ok: true });
  assert.ok((await signInAtKeycloak(site, ada)).cookie);
  assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
});

test('Keycloak is killed and started again: sessions go on there too, and are looked at', async () => {
  const { site, realm } = await aKeycloakSite();
  const id = await realm.addUser(ada);
  const { cookie } = await signInAtKeycloak(site, ada);
  const keycloak = serverControl('keycloak');
  keycloak.kill();
  try {
    const gone = () =>
      fetch(realm.issuer).then(
        () => false,
        () => true,
      );
    await until(gone);
    // Due for a look, which cannot be made now.
    site.world.now = site.world.now.add({ seconds: 301 });
    assert.equal((await whoAsks(site.identity, { cookie })).status, 200);
  } finally {
    await keycloak.start();
  }
  const fresh = await site.start();
  assert.equal((await whoAsks(fresh, { cookie })).status, 200);
  await admin('PUT', `/${realm.name}/users/${id}`, { enabled: false });
  site.world.now = site.world.now.add({ seconds: 301 });
  assert.equal((await whoAsks(fresh, { cookie })).status, 401);
});
