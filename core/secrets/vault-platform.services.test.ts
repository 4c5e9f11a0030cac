import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietLog } from '../testing/databases.ts';
import { makeTestPlatform } from '../testing/platform.ts';
import { connectionsOfRun } from '../testing/real-servers.ts';
import { sealVault } from '../testing/seal-vault.ts';
import { testVault } from './test-vault.ts';
import { openVaultSecrets } from './vault-secrets.ts';

// A whole platform whose secrets are in the real Vault.

async function platformOnVault(plugins: string[]) {
  const stack = new AsyncDisposableStack();
  const vault = stack.use(await testVault());
  const open = () => openVaultSecrets({ ...vault, log: quietLog });
  const store = stack.use(await open());
  for (const [path, value] of Object.entries(connectionsOfRun())) await store.write(path, value);
  const app = stack.use(await makeTestPlatform({ store, plugins }));
  return { app, store, open, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('with Vault sealed the platform serves on, and enabling a plugin is refused with the reason and changes nothing', async () => {
  await using on = await platformOnVault(['tasks']);
  const { app } = on;
  const post = () => app.as('member').post('/api/tasks', { title: 'Oil the hinges' });
  assert.equal((await post()).status, 201);
  await sealVault(async () => {
    assert.equal((await post()).status, 201);
    const view = await app.platform.kernel.enable('notifications');
    assert.equal(view.state, 'failed');
    assert.match(view.reason ?? '', /Vault at \S+ is sealed.*Unseal it/);
    assert.equal(await app.platform.provisioner.size('notifications'), null, 'no database is left behind');
    const { parts } = (await app.as('anonymous').get('/health')).body as { parts: { name: string; detail: string }[] };
    assert.match(parts.find(({ name }) => name === 'secrets')?.detail ?? '', /is sealed.*go on being used/);
  });
  assert.equal(await on.store.read('databases/notifications'), undefined);
  assert.equal((await app.platform.kernel.enable('notifications')).state, 'on');
});

test('a password that is rotated again and again by another process under load fails no request', async () => {
  await using on = await platformOnVault(['tasks']);
  await using beside = await makeTestPlatform({ beside: on.app, store: await on.open() });
  let isOver = false;
  let served = 0;
  const refused: number[] = [];
  async function ask(n: number): Promise<void> {
    const client = (n % 2 === 0 ? on.app : beside).as('member');
    while (!isOver) {
      const { status } =
        n % 4 < 2 ? await client.get('/api/tasks') : await client.post('/api/tasks', { title: `${n}` });
      if (status === 200 || status === 201) served += 1;
      else refused.push(status);
    }
  }
  const asking = Array.from({ length: 16 }, (_, n) => ask(n));
  const logins = new Set<unknown>();
  let versions = 0;
  for (let round = 0; round < 6; round++) {
    const before = served;
    // As `secret rotate` does; beside, all connections are opened anew just then.
    await on.app.platform.provisioner.rotate('tasks');
    await on.app.platform.pools.renew('tasks');
    await beside.platform.pools.renew('tasks');
    const found = (await on.store.read('databases/tasks'))!;
    logins.add(found.value.username);
    versions = found.version;
    while (served < before + 40 && refused.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  isOver = true;
  await Promise.all(asking);
  assert.deepEqual(refused, []);
  assert.ok(served >= 240 && logins.size === 2 && versions >= 7, `${served} ${logins.size} ${versions}`);
});
