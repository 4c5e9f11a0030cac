import { type Clock, statement } from '@task-connect/sdk';
import type { Database, Queries } from '../database/database.ts';

// Work at a time as an operator sees it: how much is planned, and what was given up after the last try.

export type OneOffCount = { job: string; waiting: number; nextAt: string | null; dead: number };
export type OneOffKey = { job: string; organisation: string; key: string };
export type DeadOneOff = OneOffKey & {
  actor: string | null;
  at: string;
  attempts: number;
  error: string;
  history: { at: string; error: string }[];
  diedAt: string | null;
  data: Record<string, unknown>;
};

const counts = statement<[], OneOffCount>(
  'tc.one-off.counts',
  `select job, count(*) filter (where not dead)::int as waiting, min(due_at) filter (where not dead) as "nextAt",
     count(*) filter (where dead)::int as dead from tc.one_off group by job order by job`,
);
const list = statement<[limit: number], DeadOneOff>(
  'tc.one-off.dead',
  `select job, organisation, key, actor, at, attempts, coalesce(last_error, '') as error, history, died_at as "diedAt", data
   from tc.one_off where dead order by coalesce(died_at, due_at) desc limit $1`,
);
const again = statement<[job: string, organisation: string, key: string, at: string], { key: string }>(
  'tc.one-off.again',
  `update tc.one_off set dead = false, attempts = 0, due_at = $4, died_at = null
   where job = $1 and organisation = $2 and key = $3 and dead returning key`,
);
const discard = statement<[job: string, organisation: string, key: string], DeadOneOff>(
  'tc.one-off.discard',
  `delete from tc.one_off where job = $1 and organisation = $2 and key = $3 and dead
   returning job, organisation, key, actor, at, attempts, last_error as error, history, died_at as "diedAt", data`,
);

export const deadOneOffs = (database: Database, clock: Clock) => ({
  counts: () => database.query(counts, []),
  /** Newest first. */
  list: (limit: number) => database.query(list, [limit]),
  /** Due now, with another eight tries; false when it does not lie there (any more). */
  again: async (tx: Queries, { job, organisation, key }: OneOffKey) =>
    (await tx.query(again, [job, organisation, key, clock.now().toString()])).length > 0,
  discard: async (tx: Queries, { job, organisation, key }: OneOffKey) =>
    (await tx.query(discard, [job, organisation, key])).length > 0,
});
