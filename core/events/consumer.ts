import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { Scope, UnitOfWork } from '../database/unit-of-work.ts';
import { type BoundHandler, type ConsumerEvents, UnknownVersion } from './bound-handler.ts';
import type { Bus } from './bus.ts';
import { deadLetters } from './dead-letters.ts';
import type { Envelope } from './envelope.ts';
import { makeFailedAttempt } from './failed-attempt.ts';
import { type InboxRow, inboxReady, parkOrphans, storeInInbox } from './inbox.ts';
import { makeLeasedWork } from './leased-work.ts';
import { makePump, type Pump } from './pump.ts';
import { makeTransactionalWork, nobody } from './transactional-work.ts';

// Handles a plugin's events: from the bus into the inbox, from there to the handlers. It promises that a handler's
// effects and the note that it is done commit together, in order for each aggregate, and that an event that cannot be
// handled waits for its next attempt and then lies with the dead letters.

export type { BoundHandler, ConsumerEvents };

export type Consumer = {
  wake(): void;
  /** For tests: resolves when nothing that is due is left. */
  settle(): Promise<void>;
  /** Takes nothing new and waits for what runs. */
  [Symbol.asyncDispose](): Promise<void>;
};

const workers = 6;
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
  const names = needs.handlers.map((handler) => handler.name);
  const now = () => clock.now().toString();
  const byName = new Map(needs.handlers.map((handler) => [handler.name, handler]));
  const inside = needs.handlers.filter((handler) => !handler.outside).map((handler) => handler.name);
  const outside = needs.handlers.filter((handler) => handler.outside).map((handler) => handler.name);

  function handlerFor(row: InboxRow): BoundHandler {
    const handler = byName.get(row.handler)!;
    if (row.envelope.dataversion > handler.version) throw new UnknownVersion(row.envelope, handler.version);
    return handler;
  }

  const common = {
    database,
    clock,
    handled({ envelope, queue, handler }: InboxRow): void {
      const age = clock.now().since(Temporal.Instant.from(envelope.time)).total('seconds');
      needs.events.handled({ type: envelope.type, queue, handler }, age);
    },
    failed: makeFailedAttempt(needs),
  };
  const workInside = makeTransactionalWork({
    ...common,
    unitOfWork: needs.unitOfWork,
    handlers: inside,
    async handle(row, tx) {
      const handler = handlerFor(row);
      if (handler.outside) return;
      await tx.within(scopeOf(row.envelope), (own) => handler.run(row.envelope, row.after_gap, own));
    },
  });
  const workOutside = makeLeasedWork({
    ...common,
    handlers: outside,
    async handle(row) {
      const handler = handlerFor(row);
      if (handler.outside) await handler.run(row.envelope, row.after_gap);
    },
  });

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
    ...(inside.length > 0 ? [makeWorkers(workers, workInside)] : []),
    ...(outside.length > 0 ? [makeWorkers(workers, workOutside.next)] : []),
  ];
  const wake = () => {
    for (const each of wakes) each();
  };

  for (const { event, version } of needs.handlers) await deadLetters(database, clock).unpark(event, version);
  for (const { handler } of await database.query(parkOrphans, [names, handlerGone, now()]))
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
        const [inbox] = await database.query(inboxReady, [names, now()]);
        if (!inbox?.ready) return;
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(consumptions.map((consumption) => consumption[Symbol.asyncDispose]()));
      await Promise.all(pumps.map((pump) => pump[Symbol.asyncDispose]()));
      workOutside[Symbol.dispose]();
    },
  };
}
