import {
  type Clock,
  type Contract,
  declareProblem,
  InvalidInput,
  type Log,
  notFound,
  type OrganisationRole,
  type Plugin,
} from '@task-connect/sdk';
import { type Database, isConnectionLost } from '../database/database.ts';
import { within } from '../database/patience.ts';
import { isWaiting } from '../database/waiting.ts';
import { makePump } from '../events/pump.ts';
import { type Activation, type ActivationNeeds, activate } from './activate.ts';
import { contractFaults, makeCall } from './call.ts';
import { claimConflict } from './claims.ts';
import { type Discovered, discover } from './discover.ts';
import { hasCome, reportedState } from './elsewhere.ts';
import { dependentsOf, orderPlugins } from './order.ts';
import { permissionsOf } from './permissions.ts';
import { effectiveSettings, faultsOfNewSettings } from './plugin-settings.ts';
import { pluginState, pluginsChannel, type Wanted } from './plugin-state.ts';
import { prepare } from './prepare.ts';
import type { Processes } from './processes.ts';
import type { PluginPhase, Registry } from './registry.ts';
import type { RemoteCall } from './remote-call.ts';
import { takeBack } from './take-back.ts';

// The kernel: which plugins there are, which are on, and the way between. It promises that a plugin that fails hurts
// nobody else, that the registry the edge sees is swapped in one assignment, and that every process comes to the wanted
// state within a second. It leaves to activate.ts what switching one on means.

export type { PluginPhase };

export type PluginView = {
  id: string;
  version: string;
  description: string;
  builtIn: boolean;
  packageName: string;
  folder: string | null;
  plugin: Plugin | undefined;
  wanted: boolean;
  state: PluginPhase;
  reason: string | null;
  since: string | null;
  /** Whether this process serves it. */
  here: boolean;
};

export type BuiltIn = { plugin: Plugin; version: string; description: string };

export type Kernel = {
  registry(): Registry;
  plugins(): PluginView[];
  /** Looks for plugins that were put there since. */
  discover(): Promise<void>;
  plugin(id: string): PluginView;
  /** Switches on, all or nothing; a failure is the view’s reason. Also the second try of a failed one. */
  enable(id: string): Promise<PluginView>;
  disable(id: string): Promise<PluginView>;
  settings(id: string): Record<string, unknown>;
  saveSettings(id: string, values: Record<string, unknown>): Promise<void>;
  permissionsOf(role: OrganisationRole, platformRoles: readonly string[]): ReadonlySet<string>;
  /** Comes to the wanted state; what fails is marked as such. */
  start(): Promise<void>;
  /** Tells of every change of the registry. */
  onChange(heard: () => void): Disposable;
  /** For tests: carries and handles everything that is due. */
  settle(): Promise<void>;
  wake(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export const PluginNeeded = declareProblem<{ id: string; by: string }>({
  type: 'plugins/needed',
  status: 409,
  title: 'Another plugin needs it',
  detail: ({ id, by }) => `${by} needs ${id}. Disable ${by} first.`,
});

export const PluginBuiltIn = declareProblem<{ id: string }>({
  type: 'plugins/built-in',
  status: 409,
  title: 'A part of the platform',
  detail: ({ id }) => `${id} is a part of the platform and always on.`,
});

type Known = {
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

export async function makeKernel(needs: {
  root: string;
  folders: readonly string[];
  /** Only these are served here, when given; of others their contracts hold here as well. */
  only: readonly string[] | undefined;
  processes: Processes;
  /** Calls to plugins that are served elsewhere. */
  remote: RemoteCall;
  /** Whether databases are made by this process; otherwise it waits for the one that makes them. */
  provisions: boolean;
  builtIns: readonly BuiltIn[];
  database: Database;
  clock: Clock;
  log: Log & { child(fields: object): Log };
  activation: Omit<ActivationNeeds, 'estate'> & {
    estate: Omit<ActivationNeeds['estate'], 'settings' | 'call' | 'notificationKinds'>;
  };
}): Promise<Kernel> {
  const { clock, log } = needs;
  const store = pluginState(needs.database, clock);
  const known = new Map<string, Known>();
  const listeners = new Set<() => void>();
  let registry: Registry = { generation: 0, active: [] };
  let saved = new Map<string, Record<string, unknown>>();
  const refusedSettings = new Map<string, string>();
  const byFolder = new Map<string, Known>();
  const sought = new Map<string, number>();
  const parsedSettings = new Map<string, Record<string, unknown>>();
  const call = makeCall(() => registry, needs.activation.patience.callMilliseconds, needs.remote);
  const isHere = (id: string) => !needs.only || needs.only.includes(id);

  const now = () => clock.now().toString();
  const activePlugins = () => [...known.values()].filter((each) => each.activation !== undefined);
  /** Wanted, and served by others: whether it runs there now is asked when it is called. */
  const pluginsElsewhere = () =>
    [...known.values()].filter((each) => !isHere(each.id) && each.wanted && each.plugin !== undefined);
  const activeContracts = (): Contract[] =>
    [...activePlugins(), ...pluginsElsewhere()].map((each) => each.plugin!.contract);

  const notificationKinds = () =>
    activeContracts().flatMap((contract) =>
      Object.entries(contract.notifies ?? {}).map(([kind, declared]) => ({ ...declared, plugin: contract.id, kind })),
    );

  function swapRegistry(): void {
    registry = {
      generation: registry.generation + 1,
      active: activePlugins().map((each) => each.activation!.active),
      elsewhere: pluginsElsewhere().map(({ id, plugin }) => ({
        id,
        plugin: plugin!,
        routes: plugin!.parts.routes ?? [],
      })),
    };
    for (const heard of listeners) heard();
  }

  function toState(each: Known, state: PluginPhase, reason: string | null = null): void {
    each.state = state;
    each.reason = reason;
    each.since = now();
  }

  /** One change at a time in this process. */
  let line: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = line.then(work);
    line = result.catch(() => undefined).then(report);
    return result;
  }

  const report = () =>
    needs.processes.report(
      Object.fromEntries(
        [...known.values()]
          .filter((each) => isHere(each.id))
          .map(({ id, state, reason, generation }) => [id, { state, reason, generation }]),
      ),
    );

  function settings(id: string): Record<string, unknown> {
    const found = parsedSettings.get(id);
    if (found) return found;
    const schema = known.get(id)?.plugin?.contract.settings;
    const { values, refused } = effectiveSettings(schema, saved.get(id) ?? {});
    if (refused.join() !== (refusedSettings.get(id) ?? '')) {
      refusedSettings.set(id, refused.join());
      log.warn({ plugin: id, refused }, 'Saved settings do not fit any more; their defaults are used');
    }
    parsedSettings.set(id, values);
    return values;
  }

  let readings = 0;
  let newestReading = 0;
  async function readSettings(): Promise<void> {
    readings += 1;
    const mine = readings;
    const rows = await store.settings();
    // One that began earlier may end later, and would bring back what was changed meanwhile.
    if (mine < newestReading) return;
    newestReading = mine;
    saved = rows;
    parsedSettings.clear();
  }

  async function lookAround(): Promise<void> {
    for (const found of discover({ root: needs.root, folders: needs.folders })) {
      const there = byFolder.get(found.folder);
      if (there?.plugin || there?.found?.stamp === found.stamp) continue;
      const each = there ?? newKnown({ id: found.id, found });
      byFolder.set(found.folder, each);
      each.found = found;
      await load(each);
    }
  }

  /** Reads the plugin and takes it in under the id of its contract; false when that cannot be. */
  async function load(each: Known): Promise<boolean> {
    if (each.plugin) return true;
    let plugin: Plugin | undefined;
    try {
      plugin = await within(needs.activation.patience.startMilliseconds, each.found!.load(), 'Its module did not load');
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
    parsedSettings.delete(id);
    return plugin !== undefined;
  }

  /** Why it cannot be on beside those that are; undefined when it can. */
  function whyNot(plugin: Plugin): string | undefined {
    const others = activeContracts().filter((contract) => contract.id !== plugin.contract.id);
    const conflict = claimConflict(plugin.contract, others);
    if (conflict) return conflict;
    const { faults } = orderPlugins([...others, plugin.contract]);
    const fault = faults.get(plugin.contract.id);
    if (fault) return fault;
    const misfits = contractFaults(plugin, others);
    if (misfits.length > 0) return misfits.join(' ');
    const { missing } = effectiveSettings(plugin.contract.settings, saved.get(plugin.contract.id) ?? {});
    return missing.length > 0
      ? `It needs a value for ${missing.join(', ')}. Save its settings, then enable it.`
      : undefined;
  }

  async function switchOn(each: Known): Promise<void> {
    if (each.activation) return;
    toState(each, 'enabling');
    each.tryAgainAt = undefined;
    if (!(await load(each))) return;
    const plugin = each.plugin!;
    const reason = whyNot(plugin);
    if (reason) return toState(each, 'failed', reason);
    try {
      each.activation = await activate(plugin, {
        ...needs.activation,
        estate: { ...needs.activation.estate, settings: () => settings(each.id), call, notificationKinds },
      });
      toState(each, 'on');
      swapRegistry();
    } catch (error) {
      log.error({ plugin: each.id, err: error }, 'A plugin could not be switched on; everything is as before');
      toState(each, 'failed', (error as Error).message);
      if (isConnectionLost(error) || isWaiting(error)) each.tryAgainAt = clock.now().add({ seconds: 2 });
    }
  }

  async function switchOff(each: Known): Promise<void> {
    const { activation } = each;
    if (!activation) return toState(each, 'off');
    toState(each, 'disabling');
    each.activation = undefined;
    swapRegistry();
    await activation[Symbol.asyncDispose]();
    toState(each, 'off');
  }

  const byId = (wanted: Wanted[]) => new Map(wanted.map((row) => [row.id, row]));

  async function reconcile(): Promise<void> {
    await inTurn(async () => {
      const wanted = byId(await store.list());
      await readSettings();
      await lookForNew([...wanted.values()]);
      const all = [...known.values()].filter((each) => !each.builtIn);
      const before = namesOf(pluginsElsewhere());
      for (const each of all.filter(({ id }) => !isHere(id))) each.wanted = wanted.get(each.id)?.wanted ?? false;
      if (namesOf(pluginsElsewhere()) !== before) swapRegistry();
      const plugins = all.filter(({ id }) => isHere(id));
      const noLonger = plugins.filter(
        (each) => !wanted.get(each.id)?.wanted && (each.activation || (each.wanted && each.state === 'failed')),
      );
      for (const each of plugins) {
        const order = wanted.get(each.id);
        each.wanted = order?.wanted ?? false;
        if (order && (order.wanted ? each.activation : each.state === 'off')) each.generation = order.generation;
      }
      for (const each of inOrder(noLonger).reverse()) {
        each.generation = wanted.get(each.id)?.generation ?? 0;
        await switchOff(each);
      }
      for (const each of inOrder(plugins.filter(({ wanted, activation }) => wanted && !activation))) {
        const { generation } = wanted.get(each.id)!;
        if (each.generation >= generation && !isDueAgain(each)) continue;
        each.generation = generation;
        await switchOn(each);
      }
    });
  }

  /** Providers before those who use them; one whose provider is not on comes last, so that it is told why it cannot be. */
  function inOrder(changing: readonly Known[]): Known[] {
    const on = [...activePlugins(), ...changing];
    const { order } = orderPlugins([...new Set(on.flatMap((each) => each.plugin?.contract ?? []))]);
    const place = (each: Known) => (order.indexOf(each.id) + order.length + 1) % (order.length + 1);
    return changing.toSorted((a, b) => place(a) - place(b));
  }

  /** What another process has found; looked for once for each order, since looking reads the disk. */
  async function lookForNew(wanted: readonly Wanted[]): Promise<void> {
    const unknown = wanted.filter((row) => row.wanted && !known.has(row.id) && sought.get(row.id) !== row.generation);
    if (unknown.length === 0) return;
    for (const row of unknown) sought.set(row.id, row.generation);
    await lookAround();
  }

  /** A database that was away is no fault of the plugin: it is tried again by itself. */
  const isDueAgain = (each: Known): boolean =>
    each.tryAgainAt !== undefined && Temporal.Instant.compare(clock.now(), each.tryAgainAt) >= 0;

  /** Enabling one is written down when it is done, so what a kill -9 left of it is nobody's. */
  async function unwindLeft(): Promise<void> {
    const wanted = byId(await store.list());
    const plugins = [...known.values()].filter(
      (each) => needs.provisions && !each.builtIn && !wanted.get(each.id)?.wanted,
    );
    await takeBack(
      plugins.flatMap((each) => each.plugin ?? []),
      needs.activation,
    );
  }

  function must(id: string): Known {
    return known.get(id) ?? notFound('plugin', id);
  }

  const view = (each: Known): PluginView => ({
    id: each.id,
    version: each.found?.version ?? each.builtIn!.version,
    description: each.found?.description ?? each.builtIn!.description,
    builtIn: each.builtIn !== undefined,
    packageName: each.found?.packageName ?? 'task-connect',
    folder: each.found?.folder ?? null,
    plugin: each.plugin,
    wanted: each.wanted,
    ...(isHere(each.id) || (each.state === 'failed' && !each.wanted)
      ? { state: each.state, reason: each.reason }
      : reportedState(needs.processes.live(), each.id, each.wanted)),
    since: each.since,
    here: isHere(each.id),
  });

  await readSettings();
  for (const builtIn of needs.builtIns) {
    const { plugin } = builtIn;
    const each = newKnown({ id: plugin.contract.id, builtIn, plugin, wanted: true });
    known.set(each.id, each);
    if (!isHere(each.id)) continue;
    await switchOn(each);
    // Nothing works without them, so their failure is the start's failure.
    if (!each.activation) throw new Error(`The platform's part ${each.id} did not start: ${each.reason}`);
  }
  await lookAround();
  swapRegistry();

  /** For one that is served elsewhere: what stands against it is found out here, what it needs is made here. */
  async function orderOn(each: Known): Promise<number | undefined> {
    each.wanted = false;
    if (!(await load(each))) return undefined;
    const reason = whyNot(each.plugin!) ?? (await faultOfPreparing(each));
    if (reason !== undefined) {
      toState(each, 'failed', reason);
      return undefined;
    }
    toState(each, 'on');
    each.wanted = true;
    return store.want(each.id, true);
  }

  async function faultOfPreparing(each: Known): Promise<string | undefined> {
    if (!needs.provisions) return undefined;
    try {
      await prepare(each.plugin!, needs.activation);
      return undefined;
    } catch (error) {
      log.error({ plugin: each.id, err: error }, 'What a plugin needs could not be made; everything is as before');
      return (error as Error).message;
    }
  }

  /** Waits, not for ever, until the processes that serve it have done what was ordered. */
  async function orderedElsewhere(id: string, order: () => Promise<number | undefined>): Promise<PluginView> {
    const generation = await inTurn(async () => {
      const given = await order();
      swapRegistry();
      return given;
    });
    if (generation !== undefined) {
      const { startMilliseconds, endMilliseconds } = needs.activation.patience;
      const { processes } = needs;
      await processes.refresh();
      await processes.until(
        () => hasCome(processes.live(), id, generation),
        Math.max(startMilliseconds, endMilliseconds),
      );
    }
    return view(must(id));
  }

  const namesOf = (plugins: readonly Known[]) => plugins.map(({ id }) => id).join();

  // Not before the start: what is made after the kernel may be what plugins work with.
  let started = false;
  const sweep = makePump({
    name: 'reconcile plugins',
    log,
    async work() {
      if (started) await reconcile();
      return false;
    },
  });
  const listening = await needs.database.listen(pluginsChannel, () => sweep.wake(), { regained: () => sweep.wake() });

  return {
    registry: () => registry,
    plugins: () => [...known.values()].map(view).sort((a, b) => a.id.localeCompare(b.id)),
    discover: () => inTurn(lookAround),
    plugin: (id) => view(must(id)),
    async enable(id) {
      if (!known.has(id)) await inTurn(lookAround);
      if (!isHere(id)) return orderedElsewhere(id, () => orderOn(must(id)));
      return inTurn(async () => {
        const each = must(id);
        // Also where it is on here: in another process it may have failed, and shall try again.
        await switchOn(each);
        if (each.activation) {
          each.generation = await store.want(id, true);
          each.wanted = true;
        }
        return view(each);
      });
    },
    async disable(id) {
      const mayGo = (each: Known): void => {
        if (each.builtIn) throw new PluginBuiltIn({ id });
        const [dependent] = dependentsOf(id, activeContracts());
        if (dependent) throw new PluginNeeded({ id, by: dependent });
      };
      if (!isHere(must(id).id)) {
        return orderedElsewhere(id, async () => {
          mayGo(must(id));
          const generation = await store.want(id, false);
          must(id).wanted = false;
          toState(must(id), 'off');
          return generation;
        });
      }
      return inTurn(async () => {
        const each = must(id);
        mayGo(each);
        each.generation = await store.want(id, false);
        each.wanted = false;
        await switchOff(each);
        return view(each);
      });
    },
    settings,
    async saveSettings(id, values) {
      const errors = faultsOfNewSettings(id, must(id).plugin?.contract.settings, values);
      if (errors.length > 0) throw new InvalidInput({ errors });
      await store.saveSettings(id, values);
      await readSettings();
    },
    permissionsOf: (role, platformRoles) => permissionsOf(registry, role, platformRoles),
    async start() {
      await inTurn(unwindLeft);
      started = true;
      await reconcile();
    },
    onChange(heard) {
      listeners.add(heard);
      return { [Symbol.dispose]: () => void listeners.delete(heard) };
    },
    async settle() {
      // What one plugin publishes another handles, so it goes round until a round finds nothing to do.
      for (let round = 0; round < 3; round += 1) {
        for (const each of activePlugins()) await each.activation!.settle();
      }
      await needs.activation.runner.settle();
      for (const each of activePlugins()) await each.activation!.settle();
      await needs.activation.live.idle();
    },
    wake() {
      for (const each of activePlugins()) each.activation!.wake();
      needs.activation.runner.wake();
    },
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
      await sweep[Symbol.asyncDispose]();
      await inTurn(async () => {
        for (const each of activePlugins().reverse()) {
          await each.activation![Symbol.asyncDispose]();
          each.activation = undefined;
        }
      });
    },
  };
}
