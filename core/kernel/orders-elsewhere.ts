import type { Log, Plugin } from '@task-connect/sdk';
import { hasCome } from './elsewhere.ts';
import type { KnownPlugins } from './known-plugins.ts';
import type { Beside } from './plugin-state.ts';
import type { PluginSwitch } from './plugin-switch.ts';
import type { Processes } from './processes.ts';
import type { ServedPlugins } from './served-plugins.ts';

// An operator's order for a plugin that other processes serve: what stands against it is found out here, what it needs is
// made here, and the answer waits, not for ever, until they have done what was ordered.

export function makeOrdersElsewhere(needs: {
  known: KnownPlugins;
  served: ServedPlugins;
  turn: PluginSwitch;
  processes: Processes;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Writes down what is wanted and tells it; gives the number of the order. */
  want(id: string, wanted: boolean, beside?: Beside): Promise<number>;
  /** Throws when it may not be switched off. */
  mayGo(id: string): void;
  /** Makes what it needs; undefined where another process makes that. */
  prepare: ((plugin: Plugin) => Promise<void>) | undefined;
  /** The longest that another process takes. */
  patienceMilliseconds: number;
  log: Log;
}) {
  const { known, served, turn, processes, log } = needs;

  async function faultOfPreparing(id: string, plugin: Plugin): Promise<string | undefined> {
    try {
      await needs.prepare?.(plugin);
      return undefined;
    } catch (error) {
      log.error({ plugin: id, err: error }, 'What a plugin needs could not be made; everything is as before');
      return (error as Error).message;
    }
  }

  async function carryOut(id: string, order: () => Promise<number | undefined>): Promise<void> {
    const generation = await needs.inTurn(async () => {
      const given = await order();
      served.swap();
      return given;
    });
    if (generation === undefined) return;
    await processes.refresh();
    await processes.until(() => hasCome(processes.live(), id, generation), needs.patienceMilliseconds);
  }

  return {
    on: (id: string, beside?: Beside) =>
      carryOut(id, async () => {
        const each = known.must(id);
        each.wanted = false;
        if (!(await known.load(each))) return undefined;
        const reason = turn.whyNot(each.plugin!) ?? (await faultOfPreparing(id, each.plugin!));
        if (reason !== undefined) {
          known.toState(each, 'failed', reason);
          return undefined;
        }
        known.toState(each, 'on');
        each.wanted = true;
        return needs.want(each.id, true, beside);
      }),
    off: (id: string, beside?: Beside) =>
      carryOut(id, async () => {
        needs.mayGo(id);
        const generation = await needs.want(id, false, beside);
        known.must(id).wanted = false;
        known.toState(known.must(id), 'off');
        return generation;
      }),
  };
}
