import type { Clock, Log, OrganisationRole } from '@task-connect/sdk';
import type { Database, Queries } from '../database/database.ts';
import { makePump } from '../events/pump.ts';
import type { ActivationNeeds } from './activate.ts';
import { makeCall } from './call.ts';
import { type BuiltIn, makeKnownPlugins } from './known-plugins.ts';
import { makeMayGo } from './may-go.ts';
import { makeOrdersElsewhere } from './orders-elsewhere.ts';
import { makeOrdersHere } from './orders-here.ts';
import { permissionsOf } from './permissions.ts';
import { type Beside, pluginState, pluginsChannel } from './plugin-state.ts';
import { makePluginSwitch } from './plugin-switch.ts';
import { makePluginView, type PluginView } from './plugin-view.ts';
import { prepare } from './prepare.ts';
import type { Processes } from './processes.ts';
import { byId, makeReconcile } from './reconcile.ts';
import type { PluginPhase, Registry } from './registry.ts';
import type { RemoteCall } from './remote-call.ts';
import { makeSavedSettings } from './saved-settings.ts';
import { makeServedPlugins } from './served-plugins.ts';
import { makeStateHistory, type StateHistory } from './state-history.ts';
import { takeBack } from './take-back.ts';

// The kernel: which plugins there are, which are on, and the way between. It promises that a plugin that fails hurts
// nobody else, that the registry the edge sees is swapped in one assignment, and that every process comes to the wanted
// state within a second. It leaves to activate.ts what switching one on means, to
// known-plugins.ts what there is, and to reconcile.ts how orders of other processes come to hold here.

export type { PluginPhase, PluginView };

export type Kernel = {
  registry(): Registry;
  plugins(): PluginView[];
  /** Looks for plugins that were put there since. */
  discover(): Promise<void>;
  plugin(id: string): PluginView;
  /**
   * Switches on, all or nothing; a failure is the view’s reason. Also the second try of a failed one. `beside` is called
   * within the transaction that writes down what is wanted, and so not where it failed.
   */
  enable(id: string, beside?: Beside): Promise<PluginView>;
  disable(id: string, beside?: Beside): Promise<PluginView>;
  settings(id: string): Record<string, unknown>;
  /** Grows with every save. */
  settingsVersion(id: string): number;
  /** `beside` is told the new version, within the transaction. */
  saveSettings(
    id: string,
    values: Record<string, unknown>,
    beside?: (tx: Queries, version: number) => Promise<void>,
  ): Promise<void>;
  permissionsOf(role: OrganisationRole, platformRoles: readonly string[]): ReadonlySet<string>;
  /** Comes to the wanted state; what fails is marked as such. */
  start(): Promise<void>;
  /** When a plugin was on, off or failed. */
  history: StateHistory;
  /** Tells of every change of the registry. */
  onChange(heard: () => void): Disposable;
  /** For tests: carries and handles everything that is due. */
  settle(): Promise<void>;
  wake(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

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
  const { clock, log, processes } = needs;
  const { startMilliseconds, endMilliseconds, callMilliseconds } = needs.activation.patience;
  const store = pluginState(needs.database, clock);
  const history = makeStateHistory(needs);
  const isHere = (id: string) => !needs.only || needs.only.includes(id);
  const known = makeKnownPlugins({ ...needs, startMilliseconds, loaded: (id) => settings.forgetParsed(id) });
  const settings = makeSavedSettings({ store, schemaOf: (id) => known.get(id)?.plugin?.contract.settings, log });
  const served = makeServedPlugins(known, isHere);
  const { registry } = served;
  const estate = {
    ...needs.activation.estate,
    call: makeCall(registry, callMilliseconds, needs.remote),
    notificationKinds: served.notificationKinds,
  };
  const activationOf = (id: string) => ({
    ...needs.activation,
    estate: { ...estate, settings: () => settings.of(id) },
  });
  const turn = makePluginSwitch({ known, served, settings, activationOf, clock, log });
  const comeToWanted = makeReconcile({ known, served, turn, settings, isHere, wantedNow: store.list, clock });
  const reconcile = () => inTurn(comeToWanted);

  /** One change at a time in this process. */
  let line: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = line.then(work);
    line = result.catch(() => undefined).then(report);
    return result;
  }

  async function report(): Promise<void> {
    const ours = known.all().filter((each) => isHere(each.id));
    const told = ours.map(({ id, state, reason, generation }) => [id, { state, reason, generation }] as const);
    await processes.report(Object.fromEntries(told));
    await history.record(ours.filter((each) => !each.builtIn));
  }

  /** Enabling one is written down when it is done, so what a kill -9 left of it is nobody's. */
  async function unwindLeft(): Promise<void> {
    const wanted = byId(await store.list());
    const plugins = known.all().filter((each) => needs.provisions && !each.builtIn && !wanted.get(each.id)?.wanted);
    await takeBack(
      plugins.flatMap((each) => each.plugin ?? []),
      needs.activation,
    );
  }

  const mayGo = makeMayGo({ known, served });
  const here = makeOrdersHere({ known, turn, inTurn, want: store.want, mayGo });
  const elsewhere = makeOrdersElsewhere({
    known,
    served,
    turn,
    processes,
    inTurn,
    want: store.want,
    mayGo,
    prepare: needs.provisions ? (plugin) => prepare(plugin, needs.activation) : undefined,
    patienceMilliseconds: Math.max(startMilliseconds, endMilliseconds),
    log,
  });

  const view = makePluginView(processes, isHere);

  await settings.read();
  for (const builtIn of needs.builtIns) {
    const each = known.addBuiltIn(builtIn);
    if (!isHere(each.id)) continue;
    await turn.on(each);
    // Nothing works without them, so their failure is the start's failure.
    if (!each.activation) throw new Error(`The platform's part ${each.id} did not start: ${each.reason}`);
  }
  await known.lookAround();
  served.swap();

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
    registry,
    plugins: () =>
      known
        .all()
        .map(view)
        .sort((a, b) => a.id.localeCompare(b.id)),
    discover: () => inTurn(known.lookAround),
    plugin: (id) => view(known.must(id)),
    async enable(id, beside) {
      if (!known.has(id)) await inTurn(known.lookAround);
      await (isHere(id) ? here : elsewhere).on(id, beside);
      return view(known.must(id));
    },
    async disable(id, beside) {
      await (isHere(known.must(id).id) ? here : elsewhere).off(id, beside);
      return view(known.must(id));
    },
    settings: settings.of,
    settingsVersion: settings.version,
    async saveSettings(id, values, beside) {
      known.must(id);
      await settings.save(id, values, beside);
    },
    permissionsOf: (role, platformRoles) => permissionsOf(registry(), role, platformRoles),
    async start() {
      await inTurn(unwindLeft);
      started = true;
      await reconcile();
    },
    history,
    onChange: served.onChange,
    async settle() {
      // What one plugin publishes another handles, so it goes round until a round finds nothing to do.
      for (let round = 0; round < 3; round += 1) {
        for (const each of served.active()) await each.activation!.settle();
      }
      await needs.activation.runner.settle();
      for (const each of served.active()) await each.activation!.settle();
      await needs.activation.live.idle();
    },
    wake() {
      for (const each of served.active()) each.activation!.wake();
      needs.activation.runner.wake();
    },
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
      await sweep[Symbol.asyncDispose]();
      await inTurn(async () => {
        for (const each of served.active().reverse()) {
          await each.activation![Symbol.asyncDispose]();
          each.activation = undefined;
        }
      });
    },
  };
}
