import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverControl } from '../testing/real-servers.ts';
import { ada, admin, aKeycloakSite, signInAtKeycloak } from './test-keycloak.ts';
import { whoAsks } from './test-site.ts';

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
