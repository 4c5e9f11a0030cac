import { after } from 'node:test';
import type { Clock } from '@task-connect/sdk';
import { makeMigrator, readMigrations } from '../database/migrate.ts';
import { makePools, type Pools } from '../database/pools.ts';
import { makeProvisioner, namesOf } from '../database/provision.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { testPrefix, testServer } from '../testing/server.ts';

/** A fresh database `users`, migrated, for tests of identity and people. */
export async function usersDatabase(clock: Clock = { now: () => Temporal.Now.instant() }) {
  const server = await testServer();
  const secrets = memorySecrets();
  const prefix = testPrefix();
  const provisioner = makeProvisioner({ server, secrets, prefix, installation: 'test' });
  await provisioner.provision({ id: 'users' });
  const migrations = await readMigrations(new URL('../people/migrations/', import.meta.url));
  const migrator = makeMigrator({
    connect: () => provisioner.connectAsAdmin('users'),
    owner: namesOf(prefix, 'users').owner,
    migrations,
    clock,
  });
  await migrator.up('all');
  const pools: Pools = makePools({ secrets, budget: 30 });
  after(async () => {
    await pools[Symbol.asyncDispose]();
    await provisioner.takeBack(['users']);
  });
  return { secrets, pools, provisioner, migrator, migrations, database: pools.database('users') };
}
