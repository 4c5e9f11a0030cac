import type { Plugin } from '@task-connect/sdk';
import type { Provisioner } from '../database/provision.ts';
import type { Bus } from '../events/bus.ts';
import type { Runner } from '../jobs/runner.ts';
import { queuesOf } from './queues.ts';

/** Removes what an enable that failed or was killed has left of plugins that were never on, as if it had not begun. */
export async function takeBack(
  plugins: readonly Plugin[],
  { provisioner, bus, runner }: { provisioner: Provisioner; bus: Bus; runner: Runner },
): Promise<void> {
  const gone = await provisioner.takeBack(plugins.map(({ contract }) => contract.id));
  for (const plugin of plugins.filter(({ contract }) => gone.includes(contract.id))) {
    for (const queue of queuesOf(plugin)) await bus.withdraw(queue);
    await runner.forget(plugin.contract.id);
  }
}
