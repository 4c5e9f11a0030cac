import type { Clock, Plugin } from '@task-connect/sdk';
import { readMigrations } from '../database/migrate.ts';
import type { Provisioner } from '../database/provision.ts';
import type { Bus } from '../events/bus.ts';
import type { Runner } from '../jobs/runner.ts';
import { checkParts } from './check-parts.ts';
import { queuesOf } from './queues.ts';
import { takeBack } from './take-back.ts';

/** What a plugin needs before any process can serve it: database, migrations, queues. All or nothing. */
export async function prepare(
  plugin: Plugin,
  needs: { provisioner: Provisioner; bus: Bus; runner: Runner; clock: Clock; phase: 'before' | 'all' },
): Promise<void> {
  const { contract, parts } = plugin;
  const { provisioner } = needs;
  checkParts(plugin);
  await using undo = new AsyncDisposableStack();
  undo.defer(() => takeBack([plugin], needs));
  const hold = undo.use(await provisioner.hold(contract.id));
  const provisioned = await provisioner.provision({ id: contract.id, extensions: contract.database?.extensions });
  await provisioner.migrator(contract.id, await readMigrations(parts.migrations), needs.clock).up(needs.phase);
  await needs.bus.declare(queuesOf(plugin));
  await provisioner.keep(provisioned);
  await hold[Symbol.asyncDispose]();
  undo.move();
}
