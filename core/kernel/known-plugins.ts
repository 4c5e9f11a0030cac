import { type Clock, type Log, notFound, type Plugin } from '@task-connect/sdk';
import { within } from '../database/patience.ts';
import type { Activation } from './activate.ts';
import { type Discovered, discover } from './discover.ts';
import type { PluginPhase } from './registry.ts';

// The plugins that this process knows of: found in folders, or built in. It promises one plugin for each id, that of its
// contract, and that a module which does not load is a reason and no failure of ours.

export type BuiltIn = { plugin: Plugin; version: string; description: string };

export type Known = {
  id: string;
  found: Discovered | undefined;
  builtIn: BuiltIn | undefined;
  plugin: Plugin | undefined;
  state: PluginPhase;
  reason: string | null;
  since: string | null;
  /** The order of the operator that was carried out or failed last. */
  generation: number;
  wanted: boolean;
  activation: Activation | undefined;
  /** When it failed for a reason that passes. */
  tryAgainAt?: Temporal.Instant | undefined;
};

const newKnown = (given: Partial<Known> & { id: string }): Known => ({
  found: undefined,
  builtIn: undefined,
  plugin: undefined,
  state: 'off',
  reason: null,
  since: null,
  generation: 0,
  wanted: false,
  activation: undefined,
  ...given,
});

export type KnownPlugins = ReturnType<typeof makeKnownPlugins>;

export function makeKnownPlugins(needs: {
  root: string;
  folders: readonly string[];
  /** How long a module may take to load. */
  startMilliseconds: number;
  clock: Clock;
  log: Log;
  /** A plugin was read, perhaps in place of nothing but the name of its folder. */
  loaded: (id: string) => void;
}) {
  const { log } = needs;
  const known = new Map<string, Known>();
  const byFolder = new Map<string, Known>();

  function toState(each: Known, state: PluginPhase, reason: string | null = null): void {
    each.state = state;
    each.reason = reason;
    each.since = needs.clock.now().toString();
  }

  /** Reads the plugin and takes it in under the id of its contract; false when that cannot be. */
  async function load(each: Known): Promise<boolean> {
    if (each.plugin) return true;
    let plugin: Plugin | undefined;
    try {
      plugin = await within(needs.startMilliseconds, each.found!.load(), 'Its module did not load');
    } catch (error) {
      toState(each, 'failed', `It could not be loaded: ${(error as Error).message}`);
    }
    const id = plugin?.contract.id ?? each.id;
    const first = known.get(id);
    if (first && first !== each) {
      if (first.plugin || !plugin) {
        const place = first.found?.folder ?? 'the platform itself';
        log.warn({ plugin: id, used: place, leftOut: each.found!.folder }, 'Two plugins have one id');
        if (plugin) toState(each, 'failed', `Its id is ${id}, which is that of ${place}. Give one of them another.`);
        // It can be shown where its folder has a name of its own.
        if (!known.has(each.id)) known.set(each.id, each);
        return false;
      }
      // What only had the name of its folder gives way to the one whose contract says so.
      known.delete(id);
    }
    if (known.get(each.id) === each) known.delete(each.id);
    if (plugin && each.state === 'failed') toState(each, 'off');
    each.plugin = plugin;
    each.id = id;
    known.set(id, each);
    needs.loaded(id);
    return plugin !== undefined;
  }

  return {
    all: (): Known[] => [...known.values()],
    get: (id: string) => known.get(id),
    has: (id: string) => known.has(id),
    /** @throws not found */
    must: (id: string): Known => known.get(id) ?? notFound('plugin', id),
    addBuiltIn(builtIn: BuiltIn): Known {
      const { plugin } = builtIn;
      const each = newKnown({ id: plugin.contract.id, builtIn, plugin, wanted: true });
      known.set(each.id, each);
      return each;
    },
    /** Looks for plugins that were put there since. */
    async lookAround(): Promise<void> {
      for (const found of discover({ root: needs.root, folders: needs.folders })) {
        const there = byFolder.get(found.folder);
        if (there?.plugin || there?.found?.stamp === found.stamp) continue;
        const each = there ?? newKnown({ id: found.id, found });
        byFolder.set(found.folder, each);
        each.found = found;
        await load(each);
      }
    },
    load,
    toState,
  };
}
