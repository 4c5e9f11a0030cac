import { type Clock, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
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

const list = statement<[before: number, limit: number], DeadLetter>(
  'tc.dead.list',
  `select id, event_id as "eventId", handler, queue, key, envelope, attempts, error, history, parked, died_at as "diedAt"
   from tc.dead_letter where id < $1 order by id desc limit $2`,
);

// Back to the end of its key's line: those that came after it went on without it.
const replay = statement<[ids: number[] | null, at: string], { id: number }>(
  'tc.dead.replay',
  `with back as (delete from tc.dead_letter where $1::bigint[] is null or id = any($1) returning *)
   insert into tc.inbox (event_id, handler, queue, key, envelope, due_at, received_at, history)
   select event_id, handler, queue, key, envelope, $2, $2, history from back order by id
   on conflict (event_id, handler) do nothing returning id`,
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
  list: (before: number | undefined, limit: number) => database.query(list, [before ?? Number.MAX_SAFE_INTEGER, limit]),
  /** Gives the named ones, or all, another eight attempts; how many. */
  replay: async (ids: number[] | 'all') =>
    (await database.query(replay, [ids === 'all' ? null : ids, clock.now().toString()])).length,
  /** Gives back what was parked because its version was not known, now that it is. */
  unpark: async (type: string, version: number) =>
    (await database.query(unpark, [type, version, clock.now().toString()])).length,
  depths: () => database.query(depths, []),
});
