import type { Clock, Log, Plugin } from '@task-connect/sdk';
import { isConnectionLost } from '../database/database.ts';
import { isWaiting } from '../database/waiting.ts';
import { type ActivationNeeds, activate } from './activate.ts';
import { contractFaults } from './call.ts';
import { claimConflict } from './claims.ts';
import type { Known, KnownPlugins } from './known-plugins.ts';
import { orderPlugins } from './order.ts';
import type { SavedSettings } from './saved-settings.ts';
import type { ServedPlugins } from './served-plugins.ts';

// Switches a plugin of this process on and off, one after the other as its callers take turns. What stands against it, or
// went wrong, is its state; nothing is thrown.

export type PluginSwitch = ReturnType<typeof makePluginSwitch>;

export function makePluginSwitch(needs: {
  known: KnownPlugins;
  served: ServedPlugins;
  settings: SavedSettings;
  activationOf: (id: string) => ActivationNeeds;
  clock: Clock;
  log: Log;
}) {
  const { known, served, settings, clock, log } = needs;
  const { toState } = known;

  /** Why it cannot be on beside those that are; undefined when it can. */
  function whyNot(plugin: Plugin): string | undefined {
    const others = served.contracts().filter((contract) => contract.id !== plugin.contract.id);
    const conflict = claimConflict(plugin.contract, others);
    if (conflict) return conflict;
    const { faults } = orderPlugins([...others, plugin.contract]);
    const fault = faults.get(plugin.contract.id);
    if (fault) return fault;
    const misfits = contractFaults(plugin, others);
    if (misfits.length > 0) return misfits.join(' ');
    const missing = settings.missingFor(plugin.contract);
    return missing.length > 0
      ? `It needs a value for ${missing.join(', ')}. Save its settings, then enable it.`
      : undefined;
  }

  return {
    whyNot,
    async on(each: Known): Promise<void> {
      if (each.activation) return;
      toState(each, 'enabling');
      each.tryAgainAt = undefined;
      if (!(await known.load(each))) return;
      const plugin = each.plugin!;
      const reason = whyNot(plugin);
      if (reason) return toState(each, 'failed', reason);
      try {
        each.activation = await activate(plugin, needs.activationOf(each.id));
        toState(each, 'on');
        served.swap();
      } catch (error) {
        if (isConnectionLost(error) || isWaiting(error)) each.tryAgainAt = clock.now().add({ seconds: 2 });
        // Another process is making its database: no fault of anybody, and over in a moment.
        if (isWaiting(error)) return toState(each, 'enabling', (error as Error).message);
        log.error({ plugin: each.id, err: error }, 'A plugin could not be switched on; everything is as before');
        toState(each, 'failed', (error as Error).message);
      }
    },
    async off(each: Known): Promise<void> {
      const { activation } = each;
      if (!activation) return toState(each, 'off');
      toState(each, 'disabling');
      each.activation = undefined;
      served.swap();
      await activation[Symbol.asyncDispose]();
      toState(each, 'off');
    },
  };
}
