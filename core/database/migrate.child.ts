import { pathToFileURL } from 'node:url';
import { machineClock } from '../testing/clock.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { makeMigrator, readMigrations } from './migrate.ts';
import { makeProvisioner, namesOf } from './provision.ts';

// A process of the test of migrations: applies those of a folder once it is told to, and says which it applied.

const { admin, prefix, folder } = JSON.parse(process.env.MIGRATE_PLACE!);
const server = { kind: 'external' as const, admin, version: 18, stop: async () => undefined };
const provisioner = makeProvisioner({ server, secrets: memorySecrets(), prefix, installation: 'test' });
const migrations = await readMigrations(pathToFileURL(`${folder}/`));

process.once('message', async () => {
  const migrator = makeMigrator({
    connect: () => provisioner.connectAsAdmin('things'),
    owner: namesOf(prefix, 'things').owner,
    migrations,
    clock: machineClock,
  });
  process.send!({ applied: await migrator.up('all') });
  process.disconnect!();
});
process.send!({ ready: true });
