import type { Clock, Log, Plugin } from '@task-connect/sdk';
import { readMigrations } from '../database/migrate.ts';
import { within } from '../database/patience.ts';
import type { Pools } from '../database/pools.ts';
import type { Provisioner } from '../database/provision.ts';
import { makeUnitOfWork } from '../database/unit-of-work.ts';
import type { Bus } from '../events/bus.ts';
import { type Consumer, makeConsumer } from '../events/consumer.ts';
import type { EventCounts } from '../events/event-counts.ts';
import type { LiveHints } from '../events/live-hints.ts';
import { makeOneOffs, type OneOffs } from '../events/one-offs.ts';
import type { Pump } from '../events/pump.ts';
import { makeRelay } from '../events/relay.ts';
import type { RelayWakes } from '../events/relay-wakes.ts';
import type { Runner } from '../jobs/runner.ts';
import type { Metrics } from '../observability/metrics.ts';
import { boundHandlers, boundOneOffs } from './bound-handlers.ts';
import { checkParts } from './check-parts.ts';
import { housekeeping } from './housekeeping.ts';
import { makeInFlight } from './in-flight.ts';
import { type Estate, makeLender } from './lend.ts';
import { pluginJobs } from './plugin-jobs.ts';
import { queuesOf } from './queues.ts';
import type { ActivePlugin } from './registry.ts';
import { takeBack } from './take-back.ts';
import { makeWorkplace } from './workplace.ts';

// Switches one plugin on in this process: database, migrations, queues, consumers, jobs. It promises all or nothing:
// whatever is opened is put on a stack, and a step that fails unwinds those before it, so that database, role, secret
// and queues are as they were.

export type Activation = {
  active: ActivePlugin;
  /** For tests: carries and handles what is there. */
  settle(): Promise<void>;
  wake(): void;
  /** Lets nobody in, waits for those inside, ends everything that was started. */
  [Symbol.asyncDispose](): Promise<void>;
};

export type ActivationNeeds = {
  provisioner: Provisioner;
  pools: Pools;
  bus: Bus;
  live: LiveHints;
  relayWakes: RelayWakes;
  runner: Runner;
  metrics: Metrics;
  counts: EventCounts;
  clock: Clock;
  log: Log & { child(fields: object): Log };
  random: () => number;
  /** Whether this process handles events and runs jobs. */
  works: boolean;
  /** Which migrations are run when a plugin is switched on: `all` where no older version runs beside this one. */
  phase: 'before' | 'all';
  /** The people of an organisation exist apart from plugins: for jobs that run for each organisation. */
  organisations: () => Promise<string[]>;
  patience: Patience;
  estate: Omit<Estate, 'contract' | 'log' | 'clock'>;
};

/** How long the platform waits for the code of a plugin. */
export type Patience = {
  startMilliseconds: number;
  endMilliseconds: number;
  /** How long a call of another plugin may take; see call.ts. */
  callMilliseconds?: number;
};

export async function activate(plugin: Plugin, needs: ActivationNeeds): Promise<Activation> {
  const { contract, parts } = plugin;
  const { clock, pools } = needs;
  const { id } = contract;
  const { startMilliseconds, endMilliseconds } = needs.patience;
  const log = needs.log.child({ plugin: id });
  const undo = new AsyncDisposableStack();
  const stack = new AsyncDisposableStack();
  try {
    checkParts(plugin);
    undo.defer(() => takeBack([plugin], needs));
    const hold = undo.use(await needs.provisioner.hold(id));
    const provisioned = await needs.provisioner.provision({ id, extensions: contract.database?.extensions });
    undo.defer(() => pools.close(id, endMilliseconds));
    const migrator = needs.provisioner.migrator(id, await readMigrations(parts.migrations), clock);
    await migrator.up(needs.phase);

    await needs.bus.declare(queuesOf(plugin));

    const database = pools.bookkeeping(id);
    let over = false;
    const unitOfWork = makeUnitOfWork(() => {
      if (over) throw new Error(`${id} is off.`);
      return pools.connect(id);
    });
    const lender = makeLender({ ...needs.estate, contract, log, clock });
    const flight = makeInFlight();
    const leaving = new AbortController();
    let relay: Pump | undefined;
    const place = makeWorkplace({
      plugin: id,
      database,
      unitOfWork,
      lender,
      clock,
      published(entries) {
        relay?.wake();
        needs.relayWakes.tell(id);
        for (const entry of entries) {
          if (entry.kind !== 'event') continue;
          needs.metrics.eventPublished(id, entry.type);
          needs.counts.published(id, entry.type);
        }
      },
    });

    let consumer: Consumer | undefined;
    let oneOffs: OneOffs | undefined;
    if (needs.works) {
      const common = {
        plugin: id,
        database,
        unitOfWork,
        bus: needs.bus,
        clock,
        random: needs.random,
        log,
        endMilliseconds,
      };
      relay = stack.use(makeRelay({ ...common, showLive: (hints) => needs.live.show(hints) }));
      stack.use(needs.relayWakes.hear(id, relay.wake));
      relay.wake();
      consumer = stack.use(
        await makeConsumer({
          ...common,
          handlers: boundHandlers(plugin, place),
          events: {
            handled(delivery, seconds) {
              needs.metrics.eventHandled(id, delivery.queue, seconds);
              needs.counts.handled(id, delivery);
            },
            failed(delivery) {
              needs.metrics.eventFailed(id, delivery.queue);
              needs.counts.failed(id, delivery);
            },
            died(delivery) {
              needs.metrics.eventDead(id, delivery.queue);
              needs.counts.died(id, delivery);
            },
          },
        }),
      );
      oneOffs = stack.use(makeOneOffs({ ...common, handlers: boundOneOffs(plugin, place) }));
      const jobs = pluginJobs(plugin, { place, organisations: needs.organisations, log });
      stack.use(await needs.runner.serve([...jobs, housekeeping(id, database, clock)]));
      for (const start of parts.starts ?? []) {
        const scope = place.ownScope({ reach: 'system', requestId: `start:${start.name}` });
        const started = place.open(scope, (context) => start.start(context as never));
        const end = await within(startMilliseconds, started, `${start.name} did not start`);
        const ended = async () => end[Symbol.asyncDispose]();
        stack.defer(() => within(endMilliseconds, ended(), `${start.name} did not end`));
      }
    }

    await needs.provisioner.keep(provisioned);
    await hold[Symbol.asyncDispose]();
    undo.move();
    return {
      active: {
        id,
        plugin,
        routes: parts.routes ?? [],
        enter: flight.enter,
        unitOfWork: place.run,
        open: place.open,
        leaving: leaving.signal,
      },
      async settle() {
        relay?.wake();
        await relay?.idle();
        await oneOffs?.settle();
        await consumer?.settle();
        await relay?.idle();
      },
      wake() {
        relay?.wake();
        consumer?.wake();
        oneOffs?.wake();
      },
      async [Symbol.asyncDispose]() {
        leaving.abort();
        const left = await flight.close(endMilliseconds);
        if (left > 0) log.warn({ left }, 'Requests were still running when the plugin was switched off');
        // What was published goes on its way before the relay ends.
        relay?.wake();
        await relay?.rest();
        await stack.disposeAsync().catch((error) => log.warn({ err: error }, 'A part of the plugin did not end well'));
        over = true;
        // Whoever still holds a connection had its time.
        await pools.close(id, 1000);
      },
    };
  } catch (error) {
    await stack.disposeAsync().catch((also) => log.warn({ err: also }, 'A part could not be ended'));
    await undo.disposeAsync().catch((also) => log.warn({ err: also }, 'A step could not be taken back'));
    throw error;
  }
}
