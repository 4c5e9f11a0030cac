import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { Delivery } from './bound-handler.ts';
import { makePump } from './pump.ts';

// How many events were published and handled, by the minute, of all processes together: what the map of events moves by.
// Counting is an addition in memory; every five seconds it is written, in one statement. A process that is killed loses
// at most that, and after two hours nobody asks any more.

/** `handler` is empty where they were published. */
export type MinuteCount = {
  minute: string;
  plugin: string;
  type: string;
  queue: string;
  handler: string;
  count: number;
  failed: number;
  dead: number;
};

export type EventCounts = {
  published(plugin: string, type: string): void;
  handled(plugin: string, delivery: Delivery): void;
  failed(plugin: string, delivery: Delivery): void;
  died(plugin: string, delivery: Delivery): void;
  /** Those of the last so many minutes; what this process has counted is among them. */
  last(minutes: number): Promise<MinuteCount[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

const add = statement<[counts: string], never>(
  'event-minute.add',
  `insert into event_minute as m (minute, plugin, type, queue, handler, count, failed, dead)
   select minute, plugin, type, queue, handler, count, failed, dead
   from jsonb_to_recordset($1::jsonb) as c (minute timestamptz, plugin text, type text, queue text, handler text, count int, failed int, dead int)
   order by 1, 2, 3, 4, 5
   on conflict (minute, plugin, type, queue, handler) do update
   set count = m.count + excluded.count, failed = m.failed + excluded.failed, dead = m.dead + excluded.dead`,
);
const since = statement<[since: string], MinuteCount>(
  'event-minute.since',
  'select minute, plugin, type, queue, handler, count, failed, dead from event_minute where minute > $1 order by minute',
);
const forget = statement<[before: string], never>('event-minute.forget', 'delete from event_minute where minute < $1');

export function makeEventCounts(needs: { database: Database; clock: Clock; log: Log }): EventCounts {
  const { database, clock } = needs;
  let counts = new Map<string, MinuteCount>();
  let forgotten = '';
  let writing: Promise<unknown> = Promise.resolve();

  const thisMinute = () => clock.now().round({ smallestUnit: 'minute', roundingMode: 'floor' });

  function place(at: Omit<MinuteCount, 'count' | 'failed' | 'dead'>): MinuteCount {
    const key = `${at.minute} ${at.plugin} ${at.type} ${at.queue} ${at.handler}`;
    const found = counts.get(key) ?? { ...at, count: 0, failed: 0, dead: 0 };
    counts.set(key, found);
    return found;
  }
  const countOf = (plugin: string, delivery: Delivery) =>
    place({ minute: thisMinute().toString(), plugin, ...delivery });

  async function write(): Promise<void> {
    if (counts.size > 0) {
      const taken = counts;
      counts = new Map();
      try {
        await database.query(add, [JSON.stringify([...taken.values()])]);
      } catch (error) {
        // Later, with what comes meanwhile; a database that is away for long does not fill the memory.
        if (taken.size < 10_000) for (const one of taken.values()) merge(one);
        throw error;
      }
    }
    const old = thisMinute().subtract({ hours: 2 }).toString();
    if (old === forgotten) return;
    await database.query(forget, [old]);
    forgotten = old;
  }

  function merge({ count, failed, dead, ...at }: MinuteCount): void {
    const there = place(at);
    there.count += count;
    there.failed += failed;
    there.dead += dead;
  }

  /** One writing at a time. */
  const flush = () => {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  };
  const pump = makePump({
    name: 'write down the counts of events',
    log: needs.log,
    sweepMilliseconds: 5000,
    work: () => flush().then(() => false),
  });

  return {
    published(plugin, type) {
      countOf(plugin, { type, queue: '', handler: '' }).count += 1;
    },
    handled(plugin, delivery) {
      countOf(plugin, delivery).count += 1;
    },
    failed(plugin, delivery) {
      countOf(plugin, delivery).failed += 1;
    },
    died(plugin, delivery) {
      countOf(plugin, delivery).dead += 1;
    },
    async last(minutes) {
      await flush();
      return database.query(since, [thisMinute().subtract({ minutes }).toString()]);
    },
    async [Symbol.asyncDispose]() {
      await pump[Symbol.asyncDispose]();
      await flush().catch(() => undefined);
    },
  };
}
