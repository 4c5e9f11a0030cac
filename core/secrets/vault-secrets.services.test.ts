import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietLog } from '../testing/databases.ts';
import { until } from '../testing/until.ts';
import { secretsSuite } from './secrets.suite.ts';
import { SecretsError } from './secrets.ts';
import { testVault } from './test-vault.ts';
import { openVaultSecrets } from './vault-secrets.ts';

const open = (vault: Parameters<typeof openVaultSecrets>[0] extends infer N ? Omit<N & object, 'log'> : never) =>
  openVaultSecrets({ ...vault, log: quietLog } as Parameters<typeof openVaultSecrets>[0]);

secretsSuite('Vault', async (context) => {
  const vault = await testVault();
  const store = await open(vault);
  context.after(async () => {
    store[Symbol.dispose]();
    await vault[Symbol.asyncDispose]();
  });
  return store;
});

/** How many there were. */
async function revokeTokensOf(vault: Awaited<ReturnType<typeof testVault>>): Promise<number> {
  const { keys } = (await vault.admin('LIST', 'auth/token/accessors')).data as unknown as { keys: string[] };
  let revoked = 0;
  for (const accessor of keys) {
    const found = (await vault.admin('POST', 'auth/token/lookup-accessor', { accessor }).catch(() => ({}))) as {
      data?: { policies: string[] };
    };
    if (!found.data?.policies.includes(vault.mount)) continue;
    await vault.admin('POST', 'auth/token/revoke-accessor', { accessor });
    revoked += 1;
  }
  return revoked;
}

test('a token that was revoked is replaced by a new login', async () => {
  await using vault = await testVault();
  using store = await open(vault);
  await store.write('services/s3', { n: 1 });
  assert.equal(await revokeTokensOf(vault), 1);
  assert.deepEqual(await store.read('services/s3'), { value: { n: 1 }, version: 1 });
});

test('a token at the end of its longest life is replaced before it fails anybody', async () => {
  await using vault = await testVault({ token_ttl: '2s', token_max_ttl: '3s' });
  using store = await open(vault);
  await store.write('services/s3', { n: 1 });
  const began = performance.now();
  let reads = 0;
  while (performance.now() - began < 8000) {
    assert.deepEqual(await store.read('services/s3'), { value: { n: 1 }, version: 1 });
    assert.deepEqual(await store.check(), { ok: true });
    reads += 1;
  }
  assert.ok(reads > 10);
});

test('a wrong secret id says what to check, and is not waited for', async () => {
  await using vault = await testVault();
  await assert.rejects(open({ ...vault, secretId: 'wrong' }), (error: Error) => {
    assert.ok(error instanceof SecretsError);
    assert.match(error.message, /refuses the AppRole.*TC_VAULT_SECRET_ID/);
    assert.doesNotMatch(error.message, /wrong/);
    return true;
  });
});

test('what the policy does not allow is said with the path, and a read of it tells nothing else', async () => {
  await using vault = await testVault();
  using store = await open({ ...vault, mount: 'secret' });
  await assert.rejects(store.read('databases/notes'), /does not allow reading databases\/notes/);
  await assert.rejects(store.write('databases/notes', { a: 1 }), /does not allow writing databases\/notes/);
});

test('Vault sealed: what was read goes on, the rest and every write is refused with the reason, and it comes back', async () => {
  await using vault = await testVault();
  using store = await open(vault);
  await store.write('services/s3', { n: 1 });
  await store.read('services/s3');
  const { sealVault } = await import('../testing/seal-vault.ts');
  await sealVault(async () => {
    assert.deepEqual(await store.read('services/s3'), { value: { n: 1 }, version: 1 });
    await assert.rejects(store.read('services/other'), /sealed/);
    await assert.rejects(store.write('services/s3', { n: 2 }), /is sealed: writing services\/s3 was not done/);
    const check = await store.check();
    assert.ok(!check.ok && /sealed/.test(check.reason) && /1 secrets .* ago/.test(check.reason), JSON.stringify(check));
  });
  assert.deepEqual(await store.write('services/s3', { n: 2 }), { version: 2 });
  assert.deepEqual(await store.check(), { ok: true });
});

test('Vault sealed at the start is waited for, with one line for the reason', async () => {
  await using vault = await testVault();
  const lines: string[] = [];
  const log = { ...quietLog, warn: (_: object, message: string) => void lines.push(message) };
  const { sealVault } = await import('../testing/seal-vault.ts');
  let opening: ReturnType<typeof openVaultSecrets> | undefined;
  await sealVault(async () => {
    opening = openVaultSecrets({ ...vault, log });
    opening.catch(() => undefined);
    await until(() => lines.length > 0);
  });
  using store = await opening!;
  assert.deepEqual(await store.check(), { ok: true });
  assert.equal(new Set(lines).size, lines.length);
  assert.match(lines[0]!, /Waiting for the secrets\. Vault at \S+ is sealed/);
});

test('an AppRole that Vault no longer takes leaves what was read in use, and check says so', async () => {
  await using vault = await testVault();
  using store = await open(vault);
  await store.write('databases/tasks', { n: 1 });
  await store.read('databases/tasks');
  await vault.admin('DELETE', `auth/approle/role/${vault.mount}`);
  await revokeTokensOf(vault);
  assert.deepEqual(await store.read('databases/tasks'), { value: { n: 1 }, version: 1 });
  await assert.rejects(store.write('databases/tasks', { n: 2 }), /refuses the AppRole/);
  const check = await store.check();
  assert.ok(!check.ok && /refuses the AppRole.*go on being used/.test(check.reason), JSON.stringify(check));
});

test('what is not allowed is refused without another login', async () => {
  await using vault = await testVault();
  using store = await open({ ...vault, mount: 'secret' });
  for (let n = 0; n < 3; n++) await assert.rejects(store.read('databases/notes'), /does not allow/);
  assert.equal(await revokeTokensOf(vault), 1);
});

test('a change by another process shows at once in a secret of a database, and in others within seconds', async () => {
  await using vault = await testVault();
  using one = await open(vault);
  using other = await open(vault);
  for (const path of ['databases/tasks', 'external-apis/sendgrid-key']) {
    await one.write(path, { n: 1 });
    assert.deepEqual((await other.read(path))?.value, { n: 1 });
    await one.write(path, { n: 2 });
  }
  assert.deepEqual((await other.read('databases/tasks'))?.value, { n: 2 });
  await until(async () => (await other.read('external-apis/sendgrid-key'))?.value.n === 2, 'the new version', 20);
});
