import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { openSigningKeys, publicPart } from './signing-keys.ts';

test('processes that start at the same moment have the same keys', async () => {
  const secrets = memorySecrets();
  const all = await Promise.all([1, 2, 3, 4].map(() => openSigningKeys(secrets)));
  assert.equal(all.length, 4);
  for (const keys of all) assert.deepEqual(keys.held, all[0]!.held);
  assert.equal((await secrets.versions('certificates/signing-keys')).length, 1);
});

test('a rotation signs with the key that was published ahead, and keeps what verified before', async () => {
  const secrets = memorySecrets();
  const [keys, other] = [await openSigningKeys(secrets), await openSigningKeys(secrets)];
  const before = keys.held;
  await keys.rotate();
  const after = keys.held;
  assert.equal(after.signing[0]!.kid, before.signing[1]!.kid);
  assert.equal(after.signing[2]!.kid, before.signing[0]!.kid);
  assert.equal(after.signing.length, 3);
  assert.equal(after.cookies[1], before.cookies[0]);
  assert.notEqual(after.cookies[0], before.cookies[0]);
  assert.equal(after.links, before.links);

  let told = 0;
  other.whenChanged(() => {
    told += 1;
  });
  await other.refresh();
  assert.deepEqual(other.held, after);
  await other.refresh();
  assert.equal(told, 1);
});

test('two rotations at the same moment are one', async () => {
  const secrets = memorySecrets();
  const [keys, other] = [await openSigningKeys(secrets), await openSigningKeys(secrets)];
  await Promise.all([keys.rotate(), other.rotate()]);
  assert.equal((await secrets.versions('certificates/signing-keys')).length, 2);
  assert.deepEqual(keys.held, other.held);
});

test('the public part of a key has no private one', async () => {
  const [key] = (await openSigningKeys(memorySecrets())).held.signing;
  assert.ok(key!.d);
  assert.equal('d' in publicPart(key!), false);
});
