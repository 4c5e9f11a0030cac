import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { Bus, QueueDepth } from './bus.ts';
import { recordQueues } from './bus-table.ts';
import type { Envelope } from './envelope.ts';
import { makePump, type Pump } from './pump.ts';

// The bus in PostgreSQL: a row per queue and message in the platform's database. A consumer holds its rows by the
// transaction that hands them over, so a process that is killed lets go of them at once.

const channel = 'tc_bus';
const batch = 200;

const removeQueue = statement<[queue: string, plugin: string], never>(
  'bus.queue.remove',
  `with gone as (delete from bus_queue where name = $1 and plugin = $2 returning name)
   delete from bus_message m using gone where m.queue = gone.name`,
);
const addMessages = statement<[types: string[], envelopes: string[], at: string], { queue: string }>(
  'bus.message.add',
  `with added as (
     insert into bus_message (queue, envelope, at)
     select b.queue, e.envelope::jsonb, $3 from unnest($1::text[], $2::text[]) with ordinality as e (type, envelope, place)
     join bus_binding b on b.type = e.type order by e.place
     returning queue)
   select distinct queue from added`,
);
const takeMessages = statement<[queue: string, limit: number], { id: number; envelope: Envelope }>(
  'bus.message.take',
  `with turn as materialized (select pg_try_advisory_xact_lock(hashtextextended('tc.bus ' || $1, 0)) as mine)
   select m.id, m.envelope from turn, bus_message m where turn.mine and m.queue = $1 order by m.id limit $2 for update of m skip locked`,
);
const deleteMessages = statement<[ids: number[]], never>(
  'bus.message.delete',
  'delete from bus_message where id = any($1)',
);
const depths = statement<[queues: string[]], QueueDepth>(
  'bus.depth',
  `select q.name as queue, count(m.id)::int as waiting, min(m.at) as "oldestAt"
   from unnest($1::text[]) as q (name) left join bus_message m on m.queue = q.name group by q.name order by q.name`,
);
const holding = statement<[eventId: string], { queue: string }>(
  'bus.holding',
  `select distinct queue from bus_message where envelope->>'id' = $1`,
);
const ping = statement<[], unknown>('bus.ping', 'select 1');

export async function embeddedBus(needs: { database: Database; clock: Clock; log: Log }): Promise<Bus> {
  const { database } = needs;
  const pumps = new Map<string, Set<Pump>>();
  const wake = (queue: string) => {
    for (const pump of pumps.get(queue) ?? []) pump.wake();
  };
  const listening = await database.listen(channel, (payload) => {
    for (const queue of payload.split(' ')) wake(queue);
  });

  // Told to other processes apart from the transaction, and not once for each message: NOTIFY takes a lock of the
  // whole cluster while it commits.
  const untold = new Set<string>();
  const teller = makePump({
    name: 'tell the other processes',
    log: needs.log,
    sweepMilliseconds: 60_000,
    async work() {
      if (untold.size === 0) return false;
      const queues = [...untold].join(' ');
      untold.clear();
      await database.notify(channel, queues);
      return untold.size > 0;
    },
  });

  return {
    accepts: () => true,
    declare: (queues) => recordQueues(database, queues),
    async withdraw({ queue, plugin }) {
      await database.query(removeQueue, [queue, plugin]);
    },
    async publish(envelopes) {
      if (envelopes.length === 0) return;
      const queues = await database.query(addMessages, [
        envelopes.map((envelope) => envelope.type),
        envelopes.map((envelope) => JSON.stringify(envelope)),
        needs.clock.now().toString(),
      ]);
      for (const { queue } of queues) {
        wake(queue);
        untold.add(queue);
      }
      teller.wake();
    },
    async consume(queue, take) {
      const pump = makePump({
        name: `carry ${queue}`,
        log: needs.log,
        work: () =>
          database.transaction(async (tx) => {
            const rows = await tx.query(takeMessages, [queue, batch]);
            if (rows.length === 0) return false;
            await take(rows.map((row) => row.envelope));
            await tx.query(deleteMessages, [rows.map((row) => row.id)]);
            return true;
          }),
      });
      const ofQueue = pumps.get(queue) ?? new Set();
      pumps.set(queue, ofQueue.add(pump));
      pump.wake();
      return {
        wake: pump.wake,
        idle: pump.idle,
        async [Symbol.asyncDispose]() {
          ofQueue.delete(pump);
          await pump[Symbol.asyncDispose]();
        },
      };
    },
    depth: (queues) => database.query(depths, [[...queues]]),
    waitsIn: async (eventId) => (await database.query(holding, [eventId])).map(({ queue }) => queue),
    async check() {
      try {
        await database.query(ping, []);
        return { ok: true };
      } catch (error) {
        return { ok: false, reason: (error as Error).message };
      }
    },
    async [Symbol.asyncDispose]() {
      await teller[Symbol.asyncDispose]();
      await Promise.all([...pumps.values()].flatMap((set) => [...set].map((pump) => pump[Symbol.asyncDispose]())));
      await listening[Symbol.asyncDispose]();
    },
  };
}
