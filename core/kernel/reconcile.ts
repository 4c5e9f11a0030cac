import type { Clock } from '@task-connect/sdk';
import type { Known, KnownPlugins } from './known-plugins.ts';
import type { Wanted } from './plugin-state.ts';
import type { PluginSwitch } from './plugin-switch.ts';
import type { SavedSettings } from './saved-settings.ts';
import type { ServedPlugins } from './served-plugins.ts';

export const byId = (wanted: readonly Wanted[]) => new Map(wanted.map((row) => [row.id, row]));

const namesOf = (plugins: readonly Known[]) => plugins.map(({ id }) => id).join();

/** Brings this process to what operators want, wherever they said so. Called in turn. */
export function makeReconcile(needs: {
  known: KnownPlugins;
  served: ServedPlugins;
  turn: PluginSwitch;
  settings: SavedSettings;
  isHere: (id: string) => boolean;
  wantedNow: () => Promise<Wanted[]>;
  clock: Clock;
}): () => Promise<void> {
  const { known, served, turn, isHere, clock } = needs;
  const sought = new Map<string, number>();

  /** What another process has found; looked for once for each order, since looking reads the disk. */
  async function lookForNew(wanted: readonly Wanted[]): Promise<void> {
    const unknown = wanted.filter((row) => row.wanted && !known.has(row.id) && sought.get(row.id) !== row.generation);
    if (unknown.length === 0) return;
    for (const row of unknown) sought.set(row.id, row.generation);
    await known.lookAround();
  }

  /** A database that was away is no fault of the plugin: it is tried again by itself. */
  const isDueAgain = (each: Known): boolean =>
    each.tryAgainAt !== undefined && Temporal.Instant.compare(clock.now(), each.tryAgainAt) >= 0;

  return async () => {
    const wanted = byId(await needs.wantedNow());
    await needs.settings.read();
    await lookForNew([...wanted.values()]);
    const all = known.all().filter((each) => !each.builtIn);
    const before = namesOf(served.elsewhere());
    for (const each of all.filter(({ id }) => !isHere(id))) each.wanted = wanted.get(each.id)?.wanted ?? false;
    if (namesOf(served.elsewhere()) !== before) served.swap();
    const plugins = all.filter(({ id }) => isHere(id));
    const noLonger = plugins.filter(
      (each) => !wanted.get(each.id)?.wanted && (each.activation || (each.wanted && each.state === 'failed')),
    );
    for (const each of plugins) {
      const order = wanted.get(each.id);
      each.wanted = order?.wanted ?? false;
      if (order && (order.wanted ? each.activation : each.state === 'off')) each.generation = order.generation;
    }
    for (const each of served.inOrder(noLonger).reverse()) {
      each.generation = wanted.get(each.id)?.generation ?? 0;
      await turn.off(each);
    }
    for (const each of served.inOrder(plugins.filter(({ wanted, activation }) => wanted && !activation))) {
      const { generation } = wanted.get(each.id)!;
      if (each.generation >= generation && !isDueAgain(each)) continue;
      each.generation = generation;
      await turn.on(each);
    }
  };
}
