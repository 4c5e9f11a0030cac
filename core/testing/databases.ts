import { makeMigrator, readMigrations } from '../database/migrate.ts';
import { makePools } from '../database/pools.ts';
import { makeProvisioner } from '../database/provision.ts';
import { machineClock } from './clock.ts';
import { memorySecrets } from './memory-secrets.ts';
import { testPrefix, testServer } from './server.ts';

/** Databases of a test that needs no more than that: the platform’s, migrated, and those named, with the kernel’s tables. */
export async function testDatabases(ids: readonly string[]) {
  const server = await testServer();
  const secrets = memorySecrets();
  const provisioner = makeProvisioner({ server, secrets, prefix: testPrefix(), installation: 'test' });
  const { names } = await provisioner.provision({ id: 'platform' });
  await makeMigrator({
    connect: () => provisioner.connectAsAdmin('platform'),
    owner: names.owner,
    migrations: await readMigrations(new URL('../console/migrations/', import.meta.url)),
    clock: machineClock,
  }).up('all');
  for (const id of ids) await provisioner.provision({ id });
  const pools = makePools({ secrets, budget: 30 });
  return { server, secrets, provisioner, pools, platform: pools.database('platform') };
}

export const quietLog = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => quietLog,
};
