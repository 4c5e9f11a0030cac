import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable-text.ts';
import type { OwnedTx, Scope, UnitOfWork } from '../database/unit-of-work.ts';
import type { Bus } from './bus.ts';
import { deadLetters } from './dead-letters.ts';
import type { Envelope } from './envelope.ts';
import {
  claimByLease,
  type InboxRow,
  inboxReady,
  markDone,
  parkOrphans,
  removeLeased,
  renewLease,
  retryLater,
  storeInInbox,
  toDeadLetters,
} from './inbox.ts';
import { makePump, type Pump } from './pump.ts';
import { Hopeless, secondsUntilRetry } from './retry.ts';
import { makeTransactionalWork, nobody } from './transactional-work.ts';

// Handles a plugin's events: from the bus into the inbox, from there to the handlers. It promises that a handler's
// effects and the note that it is done commit together, in order for each aggregate, and that an event that cannot be
// handled waits for its next attempt and then lies with the dead letters.

export type BoundHandler = { name: string; event: string; version: number; queue: string } & (
  | { outside: false; run(envelope: Envelope, afterGap: boolean, tx: OwnedTx): Promise<void> }
  | { outside: true; run(envelope: Envelope, afterGap: boolean): Promise<void> }
);

export type ConsumerEvents = {
  /** `seconds` is from the publishing to the commit of the handler. */
  handled(queue: string, seconds: number): void;
  failed(queue: string): void;
  died(queue: string): void;
};

export type Consumer = {
  wake(): void;
  /** For tests: resolves when nothing that is due is left. */
  settle(): Promise<void>;
  /** Takes nothing new and waits for what runs. */
  [Symbol.asyncDispose](): Promise<void>;
};

const workers = 6;
const leaseSeconds = 60;
const handlerGone = 'This version of the plugin has no such handler. It waits for one that has.';
/** Whom an event is handled for. */
export const scopeOf = (envelope: Envelope): Scope => ({
  organisation: envelope.organisation,
  person: envelope.onbehalfof ?? envelope.actor ?? nobody,
  reach: 'member',
});

export async function makeConsumer(needs: {
  plugin: string;
  handlers: readonly BoundHandler[];
  database: Database;
  unitOfWork: UnitOfWork;
  bus: Bus;
  clock: Clock;
  random: () => number;
  log: Log;
  events: ConsumerEvents;
  /** How long its end waits for handlers that are at work. */
  endMilliseconds?: number;
}): Promise<Consumer> {
  const { database, clock, log } = needs;
  const byName = new Map(needs.handlers.map((handler) => [handler.name, handler]));
  const inside = needs.handlers.filter((handler) => !handler.outside).map((handler) => handler.name);
  const outside = needs.handlers.filter((handler) => handler.outside).map((handler) => handler.name);
  const now = () => clock.now().toString();
  const later = (seconds: number) =>
    clock
      .now()
      .add({ milliseconds: Math.ceil(seconds * 1000) })
      .toString();

  const age = (row: InboxRow) => clock.now().since(Temporal.Instant.from(row.envelope.time)).total('seconds');

  async function recordFailure(row: InboxRow, error: unknown): Promise<void> {
    const message = storableText(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    const attempts = row.attempts + 1;
    const seconds = error instanceof Hopeless ? undefined : secondsUntilRetry(attempts, needs.random);
    const fields = {
      plugin: needs.plugin,
      queue: row.queue,
      handler: row.handler,
      event: row.event_id,
      attempts,
      err: error,
    };
    if (seconds === undefined) {
      const parked = error instanceof UnknownVersion;
      const [letter] = await database.query(toDeadLetters, [row.id, row.lock_token, message, now(), parked]);
      if (!letter) return;
      needs.events.died(row.queue);
      log.error(fields, 'An event lies with the dead letters now');
    } else {
      const values = [row.id, row.lock_token, attempts, later(seconds), message, now()] as const;
      const [kept] = await database.query(retryLater, [...values]);
      if (!kept) return;
      needs.events.failed(row.queue);
      log.warn(fields, 'An event could not be handled and is tried again');
    }
  }

  function handlerFor(row: InboxRow): BoundHandler {
    const handler = byName.get(row.handler)!;
    if (row.envelope.dataversion > handler.version) throw new UnknownVersion(row.envelope, handler.version);
    return handler;
  }

  const handleInTransaction = makeTransactionalWork({
    database,
    unitOfWork: needs.unitOfWork,
    clock,
    handlers: inside,
    async handle(row, tx) {
      const handler = handlerFor(row);
      if (handler.outside) return;
      await tx.within(scopeOf(row.envelope), (own) => handler.run(row.envelope, row.after_gap, own));
    },
    handled: (row) => needs.events.handled(row.queue, age(row)),
    failed: recordFailure,
  });

  // A handler that does not end must not keep its event from others for ever.
  const renewals = new Set<NodeJS.Timeout>();

  /** The same with no open transaction: a lease keeps others away, and is renewed while the handler runs. */
  async function handleByLease(): Promise<boolean> {
    const token = randomUUID();
    const [row] = await database.query(claimByLease, [outside, now(), later(leaseSeconds), token]);
    if (!row) return false;
    if (row.done) {
      await database.query(removeLeased, [row.id, token]);
      return true;
    }
    const renewal = setInterval(
      () => {
        database.query(renewLease, [row.id, token, later(leaseSeconds)]).catch(() => undefined);
      },
      (leaseSeconds * 1000) / 3,
    );
    renewals.add(renewal);
    try {
      const handler = handlerFor(row);
      if (handler.outside) await handler.run(row.envelope, row.after_gap);
      await database.transaction(async (tx) => {
        const [mine] = await tx.query(removeLeased, [row.id, token]);
        if (mine) await tx.query(markDone, [row.event_id, row.handler, now()]);
      });
      needs.events.handled(row.queue, age(row));
    } catch (error) {
      await recordFailure(row, error);
    } finally {
      clearInterval(renewal);
      renewals.delete(renewal);
    }
    return true;
  }

  const pumps: Pump[] = [];
  /** Workers wake one another only while there is work, so that one event does not cost a query of each. */
  function makeWorkers(count: number, work: () => Promise<boolean>): () => void {
    const own: Pump[] = [];
    for (let i = 0; i < count; i += 1) {
      own.push(
        makePump({
          name: `handle events of ${needs.plugin}`,
          log,
          endMilliseconds: needs.endMilliseconds,
          async work() {
            const did = await work();
            if (did) own[i + 1]?.wake();
            return did;
          },
        }),
      );
    }
    pumps.push(...own);
    return () => own[0]?.wake();
  }

  const wakes = [
    ...(inside.length > 0 ? [makeWorkers(workers, handleInTransaction)] : []),
    ...(outside.length > 0 ? [makeWorkers(workers, handleByLease)] : []),
  ];
  const wake = () => {
    for (const each of wakes) each();
  };

  for (const { event, version } of needs.handlers) await deadLetters(database, clock).unpark(event, version);
  for (const { handler } of await database.query(parkOrphans, [[...byName.keys()], handlerGone, now()]))
    log.warn({ plugin: needs.plugin, handler }, 'An event waits for a handler that is not there; it is parked');
  const queues = [...new Set(needs.handlers.map((handler) => handler.queue))];
  const consumptions = await Promise.all(
    queues.map((queue) => {
      const ofQueue = needs.handlers.filter((handler) => handler.queue === queue);
      return needs.bus.consume(queue, async (envelopes) => {
        for (const [type, handlers] of Map.groupBy(ofQueue, (handler) => handler.event)) {
          const ofType = envelopes.filter((envelope) => envelope.type === type);
          if (ofType.length === 0) continue;
          await storeInInbox(database, {
            envelopes: ofType,
            handlers: handlers.map(({ name }) => name),
            queue,
            at: now(),
          });
        }
        wake();
      });
    }),
  );
  wake();

  return {
    wake,
    async settle() {
      for (const consumption of consumptions) {
        consumption.wake();
        await consumption.idle();
      }
      for (;;) {
        wake();
        for (const pump of pumps) await pump.idle();
        const [inbox] = await database.query(inboxReady, [[...byName.keys()], now()]);
        if (!inbox?.ready) return;
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(consumptions.map((consumption) => consumption[Symbol.asyncDispose]()));
      await Promise.all(pumps.map((pump) => pump[Symbol.asyncDispose]()));
      for (const renewal of renewals) clearInterval(renewal);
    },
  };
}

class UnknownVersion extends Hopeless {
  override name = 'UnknownVersion';
  constructor(envelope: Envelope, known: number) {
    super(
      `${envelope.type} has version ${envelope.dataversion}; this plugin reads up to ${known}. It waits for a newer version of the plugin.`,
    );
  }
}
