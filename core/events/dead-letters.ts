import { type Clock, statement } from '@task-connect/sdk';
import type { Database, Queries } from '../database/database.ts';
import type { Envelope } from './envelope.ts';

// Messages that no further attempt will mend by itself. They keep error and history until a person replays them.

export type DeadLetter = {
  id: number;
  eventId: string;
  handler: string;
  queue: string;
  key: string;
  envelope: Envelope;
  attempts: number;
  error: string;
  history: { at: string; error: string }[];
  parked: boolean;
  diedAt: string;
};

/** One that was replayed or discarded. */
export type MovedLetter = { id: number; eventId: string; handler: string; type: string };

const list = statement<[before: number, limit: number, queue: string | null], DeadLetter>(
  'tc.dead.list',
  `select id, event_id as "eventId", handler, queue, key, envelope, attempts, error, history, parked, died_at as "diedAt"
   from tc.dead_letter where id < $1 and ($3::text is null or queue = $3) order by id desc limit $2`,
);

// Back to the end of its key's line: those that came after it went on without it.
const replay = statement<[ids: number[] | null, queue: string | null, at: string], MovedLetter>(
  'tc.dead.replay',
  `with back as (delete from tc.dead_letter where ($1::bigint[] is null or id = any($1)) and ($2::text is null or queue = $2) returning *),
   put as (insert into tc.inbox (event_id, handler, queue, key, envelope, due_at, received_at, history)
     select event_id, handler, queue, key, envelope, $3, $3, history from back order by id
     on conflict (event_id, handler) do nothing returning id)
   select id, event_id as "eventId", handler, envelope->>'type' as type from back order by id`,
);

// With a mark, so that the bus does not bring it once more, and its way tells why it ended.
const discard = statement<[ids: number[], at: string, reason: string], MovedLetter>(
  'tc.dead.discard',
  `with gone as (delete from tc.dead_letter where id = any($1) returning *),
   marked as (insert into tc.mark (event_id, handler, done_at, history, discarded)
     select event_id, handler, $2, history, $3 from gone
     on conflict (event_id, handler) do update set discarded = excluded.discarded)
   select id, event_id as "eventId", handler, envelope->>'type' as type from gone order by id`,
);

const unpark = statement<[type: string, version: number, at: string], { id: number }>(
  'tc.dead.unpark',
  `with back as (delete from tc.dead_letter where parked and envelope->>'type' = $1 and (envelope->>'dataversion')::int <= $2 returning *)
   insert into tc.inbox (event_id, handler, queue, key, envelope, due_at, received_at, history)
   select event_id, handler, queue, key, envelope, $3, $3, history from back order by id
   on conflict (event_id, handler) do nothing returning id`,
);

const depths = statement<[], { queue: string; dead: number }>(
  'tc.dead.depths',
  'select queue, count(*)::int as dead from tc.dead_letter group by queue',
);

export const deadLetters = (database: Database, clock: Clock) => ({
  /** Newest first; `before` is the id of the last one seen. */
  list: (before: number | undefined, limit: number, queue?: string) =>
    database.query(list, [before ?? Number.MAX_SAFE_INTEGER, limit, queue ?? null]),
  /** Gives the named ones, or all, another eight attempts; how many. */
  replay: async (ids: number[] | 'all') =>
    (await database.query(replay, [ids === 'all' ? null : ids, null, clock.now().toString()])).length,
  /** The same within a transaction, of those that are named or of a whole queue; which they were. */
  replayWithin: (tx: Queries, which: { ids: number[] } | { queue: string } | 'all') =>
    tx.query(replay, [
      which !== 'all' && 'ids' in which ? which.ids : null,
      which !== 'all' && 'queue' in which ? which.queue : null,
      clock.now().toString(),
    ]),
  /** Takes them away for good; which they were. */
  discardWithin: (tx: Queries, ids: number[], reason: string) =>
    tx.query(discard, [ids, clock.now().toString(), reason]),
  /** Gives back what was parked because its version was not known, now that it is. */
  unpark: async (type: string, version: number) =>
    (await database.query(unpark, [type, version, clock.now().toString()])).length,
  depths: () => database.query(depths, []),
});
