import { type Clock, type Log, statement } from '@task-connect/sdk';
import { type Database, isConnectionLost } from '../database/database.ts';
import { errorText } from '../database/storable-text.ts';
import type { OwnedTx, Scope, UnitOfWork } from '../database/unit-of-work.ts';
import { makePump } from './pump.ts';
import { secondsUntilRetry } from './retry.ts';

// Work at a time: scheduled in the transaction of a change, done in one with its effects. It promises that an entry
// that moved or was taken back is not done at its old time, and that one that is late is done once, with its own time.

export type OneOffHandler = (row: OneOffRow, tx: OwnedTx) => Promise<void>;

export type OneOffRow = {
  job: string;
  organisation: string;
  key: string;
  actor: string | null;
  at: string;
  attempts: number;
  traceparent: string | null;
  data: Record<string, unknown>;
};

const put = statement<
  [
    job: string,
    organisation: string,
    key: string,
    actor: string | null,
    at: string,
    traceparent: string | null,
    data: string,
  ],
  never
>(
  'tc.one-off.put',
  `insert into tc.one_off (job, organisation, key, actor, at, due_at, traceparent, data) values ($1, $2, $3, $4, $5, $5, $6, $7::jsonb)
   on conflict (job, organisation, key) do update set actor = excluded.actor, at = excluded.at, due_at = excluded.at,
     attempts = 0, last_error = null, dead = false, history = '[]', died_at = null, traceparent = excluded.traceparent, data = excluded.data`,
);
const remove = statement<[job: string, organisation: string, key: string], never>(
  'tc.one-off.remove',
  'delete from tc.one_off where job = $1 and organisation = $2 and key = $3',
);
const claim = statement<[jobs: string[], now: string], OneOffRow>(
  'tc.one-off.claim',
  `select job, organisation, key, actor, at, attempts, traceparent, data from tc.one_off
   where not dead and due_at <= $2 and job = any($1::text[]) order by due_at limit 1 for update skip locked`,
);
const done = statement<[job: string, organisation: string, key: string, at: string], never>(
  'tc.one-off.done',
  // A handler may schedule its own key again; that entry stays.
  'delete from tc.one_off where job = $1 and organisation = $2 and key = $3 and at = $4',
);
const later = statement<
  [
    job: string,
    organisation: string,
    key: string,
    at: string,
    attempts: number,
    due: string,
    error: string,
    dead: boolean,
    now: string,
  ],
  never
>(
  'tc.one-off.later',
  `update tc.one_off set attempts = $5, due_at = $6, last_error = $7, dead = $8,
     history = history || jsonb_build_object('at', $9::text, 'error', $7::text),
     died_at = case when $8 then $9::text::timestamptz end
   where job = $1 and organisation = $2 and key = $3 and at = $4`,
);
const due = statement<[now: string], { due: number }>(
  'tc.one-off.count',
  'select count(*)::int as due from tc.one_off where not dead and due_at <= $1',
);

export const scheduleOneOff = (tx: OwnedTx, entry: Omit<OneOffRow, 'attempts'>) =>
  tx.query(put, [
    entry.job,
    entry.organisation,
    entry.key,
    entry.actor,
    entry.at,
    entry.traceparent,
    JSON.stringify(entry.data),
  ]);

export const unscheduleOneOff = (tx: OwnedTx, job: string, organisation: string, key: string) =>
  tx.query(remove, [job, organisation, key]);

const nobody = '00000000-0000-0000-0000-000000000000';

export function makeOneOffs(needs: {
  plugin: string;
  handlers: ReadonlyMap<string, OneOffHandler>;
  unitOfWork: UnitOfWork;
  database: Database;
  clock: Clock;
  random: () => number;
  log: Log;
  /** How long its end waits for work that is under way. */
  endMilliseconds?: number;
}) {
  const jobs = [...needs.handlers.keys()];
  const now = () => needs.clock.now().toString();

  async function doOne(): Promise<boolean> {
    let row: OneOffRow | undefined;
    try {
      await needs.unitOfWork({ organisation: nobody, person: nobody, reach: 'system' }, async (tx) => {
        [row] = await tx.query(claim, [jobs, now()]);
        if (!row) return;
        tx.defer(done, [row.job, row.organisation, row.key, row.at]);
        const { job, organisation, actor } = row;
        const scope: Scope = { organisation, person: actor ?? nobody, reach: 'member' };
        await tx.within(scope, (own) => needs.handlers.get(job)!(row!, own));
      });
    } catch (error) {
      if (!row || isConnectionLost(error)) throw error;
      const attempts = row.attempts + 1;
      const seconds = secondsUntilRetry(attempts, needs.random);
      const at = needs.clock
        .now()
        .add({ milliseconds: Math.ceil((seconds ?? 0) * 1000) })
        .toString();
      await needs.database.query(later, [
        row.job,
        row.organisation,
        row.key,
        row.at,
        attempts,
        at,
        errorText(error),
        seconds === undefined,
        now(),
      ]);
      const fields = { plugin: needs.plugin, job: row.job, key: row.key, attempts, err: error };
      if (seconds === undefined) needs.log.error(fields, 'Work at a time failed for the last time and is given up');
      else needs.log.warn(fields, 'Work at a time failed and is tried again');
      return true;
    }
    return row !== undefined;
  }

  const pump = makePump({
    name: `one-offs of ${needs.plugin}`,
    log: needs.log,
    endMilliseconds: needs.endMilliseconds,
    work: jobs.length > 0 ? doOne : async () => false,
  });
  pump.wake();
  return {
    wake: pump.wake,
    async settle(): Promise<void> {
      if (jobs.length === 0) return;
      do {
        pump.wake();
        await pump.idle();
      } while (((await needs.database.query(due, [now()]))[0]?.due ?? 0) > 0);
    },
    [Symbol.asyncDispose]: () => pump[Symbol.asyncDispose](),
  };
}

export type OneOffs = ReturnType<typeof makeOneOffs>;
