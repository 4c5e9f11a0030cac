import {
  type Actor,
  type Clock,
  type EventOf,
  type Log,
  notFound,
  notificationRequestedType,
  type Plugin,
  statement,
} from '@task-connect/sdk';
import { makeMigrator, readMigrations } from '../database/migrate.ts';
import type { Pools } from '../database/pools.ts';
import type { Provisioner } from '../database/provision.ts';
import { makeUnitOfWork, type OwnedTx } from '../database/unit-of-work.ts';
import type { Bus } from '../events/bus.ts';
import { type BoundHandler, type Consumer, makeConsumer } from '../events/consumer.ts';
import type { Envelope } from '../events/envelope.ts';
import { forgetOldMarks } from '../events/inbox.ts';
import type { LiveHints } from '../events/live-hints.ts';
import { makeOneOffs, type OneOffs } from '../events/one-offs.ts';
import { deferOutbox, type OutboxEntry } from '../events/outbox.ts';
import type { Pump } from '../events/pump.ts';
import { makeRelay } from '../events/relay.ts';
import { Hopeless } from '../events/retry.ts';
import type { RunnableJob, Runner } from '../jobs/runner.ts';
import { faultInSchedule } from '../jobs/schedule.ts';
import type { Metrics } from '../observability/metrics.ts';
import { continueTrace, traceparentOf } from '../observability/trace.ts';
import { forgetOldKeys, onceByKey } from './idempotency.ts';
import { makeInFlight } from './in-flight.ts';
import { leased } from './leased.ts';
import { type Estate, makeLender, pluginActor } from './lend.ts';
import { forgetOldEffects, makeOutside } from './outside-effect.ts';
import { queueOf, queuesOf } from './queues.ts';
import type { ActivePlugin, WorkScope } from './registry.ts';
import { takeBack } from './take-back.ts';

// Switches one plugin on in this process: database, migrations, queues, consumers, jobs. It promises all or nothing:
// whatever is opened is put on a stack, and a step that fails unwinds those before it, so that database, role, secret
// and queues are as they were.

export type Activation = {
  active: ActivePlugin;
  applied: string[];
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
  runner: Runner;
  metrics: Metrics;
  clock: Clock;
  log: Log & { child(fields: object): Log };
  random: () => number;
  /** Whether this process handles events and runs jobs. */
  works: boolean;
  /** Which migrations are run when a plugin is switched on: `all` where no older version runs beside this one. */
  phase: 'before' | 'all';
  /** The people of an organisation exist apart from plugins: for jobs that run for each organisation. */
  organisations: () => Promise<string[]>;
  estate: Omit<Estate, 'contract' | 'log' | 'clock'>;
};

const drainMilliseconds = 30_000;
const findAddress = statement<[address: string], { organisation: string }>(
  'tc.address.find',
  `select organisation from tc.address where address = $1 or address = encode(sha256($1::bytea), 'hex')`,
);

const newTraceparent = (parent?: string | null) => traceparentOf(continueTrace(parent ?? undefined));

export async function activate(plugin: Plugin, needs: ActivationNeeds): Promise<Activation> {
  const { contract, parts } = plugin;
  const { clock, pools } = needs;
  const { id } = contract;
  const log = needs.log.child({ plugin: id });
  const undo = new AsyncDisposableStack();
  const stack = new AsyncDisposableStack();
  try {
    checkParts(plugin);
    undo.defer(() => takeBack([plugin], needs));
    const hold = undo.use(await needs.provisioner.hold(id));
    const provisioned = await needs.provisioner.provision({ id, extensions: contract.database?.extensions });
    undo.defer(() => pools.renew(id));
    const migrator = makeMigrator({
      connect: () => needs.provisioner.connectAsAdmin(id),
      owner: provisioned.names.owner,
      migrations: await readMigrations(parts.migrations),
      clock,
    });
    const applied = await migrator.up(needs.phase);

    await needs.bus.declare(queuesOf(plugin));

    const database = pools.database(id);
    const unitOfWork = makeUnitOfWork(() => pools.connect(id));
    const lender = makeLender({ ...needs.estate, contract, log, clock });
    const outside = makeOutside(database, clock);
    const flight = makeInFlight();
    const leaving = new AbortController();
    let relay: Pump | undefined;

    async function withContext<T>(
      tx: OwnedTx,
      scope: WorkScope,
      work: (context: ReturnType<typeof lender.inside>) => Promise<T>,
    ): Promise<T> {
      const entries: OutboxEntry[] = [];
      const result = await work(lender.inside(tx, scope, entries));
      if (entries.length > 0) {
        deferOutbox(tx, entries);
        tx.afterCommit(() => {
          relay?.wake();
          for (const entry of entries) if (entry.kind === 'event') needs.metrics.eventPublished(id, entry.type);
        });
      }
      return result;
    }

    /** A public route’s organisation is the one of its address. */
    async function atAddress(scope: WorkScope): Promise<WorkScope> {
      if (scope.publicAddress === undefined) return scope;
      const [found] = await database.query(findAddress, [scope.publicAddress]);
      if (!found) notFound('page', scope.publicAddress);
      return { ...scope, actor: { ...scope.actor, organisation: found.organisation } };
    }

    const run: ActivePlugin['unitOfWork'] = async (given, work) => {
      const scope = given.publicAddress === undefined ? given : await atAddress(given);
      const { actor, idempotency } = scope;
      return unitOfWork(
        { organisation: actor.organisation, person: actor.person, reach: scope.reach, readOnly: scope.readOnly },
        async (tx) => {
          if (!idempotency) return withContext(tx, scope, work);
          return onceByKey(
            tx,
            { person: actor.person, organisation: actor.organisation, at: clock.now().toString(), ...idempotency },
            () => withContext(tx, scope, work),
          );
        },
      );
    };

    const open: ActivePlugin['open'] = async (given, work) => {
      const scope = await atAddress(given);
      return work(lender.outside(scope, (inner) => run(scope, inner), outside));
    };

    /** How events and jobs come to work: as the plugin, in an organisation, for a person where there is one. */
    const ownScope = (origin: {
      organisation?: string;
      person?: string;
      traceparent?: string | null;
      requestId: string;
      reach?: 'member' | 'system';
    }): WorkScope => ({
      actor: pluginActor(id, origin.organisation, origin.person) as Actor,
      reach: origin.reach ?? 'member',
      requestId: origin.requestId,
      traceparent: newTraceparent(origin.traceparent),
    });
    const scopeOfEnvelope = (envelope: Envelope) =>
      ownScope({
        organisation: envelope.organisation,
        person: envelope.onbehalfof ?? envelope.actor ?? undefined,
        traceparent: envelope.traceparent,
        requestId: envelope.id,
      });

    const handlers = (parts.handlers ?? []).map((handler): BoundHandler => {
      const spec = contract.handles![handler.event]!;
      const common = {
        name: handler.name,
        event: handler.event,
        version: spec.version,
        queue: queueOf(contract, handler.event),
      };
      const toEvent = (envelope: Envelope, afterGap: boolean): EventOf<unknown> => {
        const parsed = spec.data.safeParse(envelope.data);
        if (!parsed.success)
          throw new Hopeless(`${handler.event} does not hold what ${handler.name} reads: ${parsed.error.message}`);
        return {
          id: envelope.id,
          type: envelope.type,
          source: envelope.source,
          time: Temporal.Instant.from(envelope.time),
          organisation: envelope.organisation,
          actor: envelope.actor,
          subject: envelope.subject,
          sequence: Number(envelope.sequence),
          afterGap,
          data: parsed.data,
        };
      };
      if (handler.outside) {
        return {
          ...common,
          outside: true,
          run: (envelope, afterGap) =>
            open(scopeOfEnvelope(envelope), (context) =>
              handler.handle(toEvent(envelope, afterGap) as never, context as never),
            ),
        };
      }
      return {
        ...common,
        outside: false,
        run: (envelope, afterGap, tx) =>
          withContext(tx, scopeOfEnvelope(envelope), (context) =>
            handler.handle(toEvent(envelope, afterGap) as never, context as never),
          ),
      };
    });

    let consumer: Consumer | undefined;
    let oneOffs: OneOffs | undefined;
    if (needs.works) {
      relay = stack.use(
        makeRelay({
          plugin: id,
          database,
          bus: needs.bus,
          showLive: (hints) => needs.live.show(hints),
          counted: () => undefined,
          log,
        }),
      );
      relay.wake();
      consumer = stack.use(
        await makeConsumer({
          plugin: id,
          handlers,
          database,
          unitOfWork,
          bus: needs.bus,
          clock,
          random: needs.random,
          log,
          events: {
            handled: (queue, seconds) => needs.metrics.eventHandled(id, queue, seconds),
            failed: (queue) => needs.metrics.eventFailed(id, queue),
            died: (queue) => needs.metrics.eventDead(id, queue),
          },
        }),
      );
      oneOffs = stack.use(
        makeOneOffs({
          plugin: id,
          handlers: new Map(
            (parts.oneOffs ?? []).map((oneOff) => [
              oneOff.job,
              (row, tx) =>
                withContext(
                  tx,
                  ownScope({
                    organisation: row.organisation,
                    person: row.actor ?? undefined,
                    traceparent: row.traceparent,
                    requestId: `one-off:${row.job}:${row.key}`,
                  }),
                  (context) =>
                    oneOff.handle(
                      {
                        key: row.key,
                        at: Temporal.Instant.from(row.at),
                        data: contract.oneOffs![oneOff.job]!.data.parse(row.data),
                      } as never,
                      context as never,
                    ),
                ),
            ]),
          ),
          unitOfWork,
          database,
          clock,
          random: needs.random,
          log,
        }),
      );
      stack.use(await needs.runner.serve(jobsOf()));
      for (const start of parts.starts ?? []) {
        const scope = ownScope({ reach: 'system', requestId: `start:${start.name}` });
        stack.use(await open(scope, (context) => start.start(context as never)));
      }
    }

    function jobsOf(): RunnableJob[] {
      const own = (parts.jobs ?? []).map(
        (job): RunnableJob => ({
          plugin: id,
          name: job.name,
          title: job.title,
          cron: job.cron,
          zone: job.zone ?? 'UTC',
          late: job.late,
          timeoutSeconds: job.timeoutSeconds ?? 600,
          async run(at, lease) {
            const organisations = job.per === 'organisation' ? await needs.organisations() : [undefined];
            for (const organisation of organisations) {
              lease.signal.throwIfAborted();
              const scope = ownScope({
                organisation,
                reach: organisation ? 'member' : 'system',
                requestId: `job:${job.name}:${at}`,
              });
              await open(scope, (context) => job.run({ at }, leased(context, lease) as never));
            }
          },
        }),
      );
      const housekeeping: RunnableJob = {
        plugin: id,
        name: 'housekeeping',
        title: 'Forget handled events after 30 days, idempotency keys after a day, effects outside after a year',
        cron: '17 3 * * *',
        zone: 'UTC',
        late: 'run-once',
        timeoutSeconds: 600,
        async run() {
          const ago = (days: number) =>
            clock
              .now()
              .subtract({ hours: 24 * days })
              .toString();
          await database.query(forgetOldMarks, [ago(30)]);
          await database.query(forgetOldKeys, [ago(1)]);
          // Much longer: an event that lies with the dead letters may be replayed, and must not repeat its effect.
          await database.query(forgetOldEffects, [ago(365)]);
        },
      };
      return [...own, housekeeping];
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
        unitOfWork: run,
        open,
        leaving: leaving.signal,
      },
      applied,
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
        const left = await flight.close(drainMilliseconds);
        if (left > 0) log.warn({ left }, 'Requests were still running when the plugin was switched off');
        // What was published goes on its way before the relay ends.
        relay?.wake();
        await relay?.idle();
        await stack.disposeAsync();
        await pools.renew(id);
      },
    };
  } catch (error) {
    await stack.disposeAsync().catch((also) => log.warn({ err: also }, 'A part could not be ended'));
    await undo.disposeAsync().catch((also) => log.warn({ err: also }, 'A step could not be taken back'));
    throw error;
  }
}

/** What no type can check. */
function checkParts({ contract, parts }: Plugin): void {
  for (const job of parts.jobs ?? []) {
    const fault = faultInSchedule(job.cron, job.zone ?? 'UTC');
    if (fault) throw new Error(`Job ${job.name}: ${fault}`);
  }
  for (const route of parts.routes ?? []) {
    if (!contract.paths.some((path) => route.path === path || route.path.startsWith(`${path}/`))) {
      throw new Error(
        `The route ${route.path} is outside of the paths that ${contract.id} claims: ${contract.paths.join(', ')}.`,
      );
    }
    if (
      route.permission !== null &&
      route.permission !== 'signed-in' &&
      !(route.permission in (contract.permissions ?? {}))
    ) {
      throw new Error(
        `The route ${route.method} ${route.path} asks for ${route.permission}, which ${contract.id} does not declare.`,
      );
    }
  }
  for (const [type, spec] of Object.entries(contract.publishes ?? {})) {
    if (type === notificationRequestedType) throw new Error(`${type} is published by notify alone.`);
    if (!(spec.aggregate in spec.data.shape))
      throw new Error(`${type} names the aggregate ${spec.aggregate}, which its data does not have.`);
  }
}
