import { statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import type { Envelope } from './envelope.ts';

// What a consumer has taken from the bus and not yet handled: a row for each event and handler, so that handlers of
// one event neither wait for one another nor run twice because another failed.

export type InboxRow = {
  id: number;
  event_id: string;
  handler: string;
  queue: string;
  key: string;
  envelope: Envelope;
  attempts: number;
  history: { at: string; error: string }[];
  after_gap: boolean;
  /** Its handler is done with it already: the bus brought it again at the moment in which that was committed. */
  done: boolean;
  lock_token: string | null;
};

const store = statement<[envelopes: string, handlers: string[], queue: string, at: string], { id: number }>(
  'tc.inbox.store',
  `insert into tc.inbox (event_id, handler, queue, key, envelope, due_at, received_at)
   select (e.envelope->>'id')::uuid, h.handler, $3, e.envelope->>'subject', e.envelope, $4, $4
   from jsonb_array_elements($1::jsonb) with ordinality as e (envelope, place), unnest($2::text[]) as h (handler)
   where not exists (select 1 from tc.mark m where m.event_id = (e.envelope->>'id')::uuid and m.handler = h.handler)
     and not exists (select 1 from tc.dead_letter d where d.event_id = (e.envelope->>'id')::uuid and d.handler = h.handler)
   order by e.place
   on conflict (event_id, handler) do nothing returning id`,
);

/** Stores what is new of a batch; what was handled or is known is left out. */
export const storeInInbox = (
  tx: Queries,
  batch: { envelopes: readonly Envelope[]; handlers: readonly string[]; queue: string; at: string },
) => tx.query(store, [JSON.stringify(batch.envelopes), [...batch.handlers], batch.queue, batch.at]);

// The first of its key that is due. A row that waits for its next attempt holds back those behind it.
const isHead = `i.handler = any($1::text[]) and i.due_at <= $2 and (i.locked_until is null or i.locked_until <= $2)
    and not exists (select 1 from tc.inbox before where before.handler = i.handler and before.key = i.key and before.id < i.id)`;
const shown = `i.id, i.event_id, i.handler, i.queue, i.key, i.envelope, i.attempts, i.history, i.lock_token,
  exists (select 1 from tc.dead_letter d where d.handler = i.handler and d.key = i.key) as after_gap,
  exists (select 1 from tc.mark m where m.event_id = i.event_id and m.handler = i.handler) as done`;

// Among the oldest first: to find the heads of few keys in a long line, each row of it would have to be looked at (with
// 10,000 rows of 50 keys 53 ms, and 2 ms so). Where those have none, such as behind one that is retried, all are.
// `|| ''` keeps PostgreSQL from gathering all rows of the handlers in order to sort them.
const oldest = 500;

/** Which rows could be claimed now; nobody has them yet. To look for one takes longer than to claim it. */
export const findReady = statement<[handlers: string[], now: string], { id: number }>(
  'tc.inbox.find',
  `with soon as materialized (
     select id, handler, key, due_at, locked_until from tc.inbox where handler || '' = any($1::text[]) order by id limit ${oldest}),
   heads as materialized (select i.id from soon i where ${isHead} order by i.id limit 64),
   near as materialized (select i.id from tc.inbox i where i.id in (select id from heads) order by i.id for update skip locked),
   far as materialized (
     select i.id from tc.inbox i where (select count(*) from soon) = ${oldest} and not exists (select from near) and ${isHead}
     order by i.id limit 64 for update skip locked)
   select id from near union all select id from far`,
);

// One batch at a time for a database: two of them would wait for one another’s rows in two orders. Who comes second
// has the first row alone.
/** Claims those that were found, if nobody else has them by now, for as long as the transaction lasts. */
export const claimInTransaction = statement<[handlers: string[], now: string, ids: number[]], InboxRow>(
  'tc.inbox.claim',
  `with turn as materialized (
     select cardinality($3::bigint[]) > 1 and pg_try_advisory_xact_lock(hashtextextended('tc.inbox batch', 0)) as mine)
   select ${shown} from turn, tc.inbox i
   where i.id = any(case when turn.mine then $3::bigint[] else ($3::bigint[])[1:1] end) and ${isHead}
   order by i.id for update of i skip locked`,
);

/** Claims a row by a lease, for handlers that run without a transaction. */
export const claimByLease = statement<[handlers: string[], now: string, until: string, token: string], InboxRow>(
  'tc.inbox.lease',
  `update tc.inbox i set locked_until = $3, lock_token = $4 where i.id = (select i.id from tc.inbox i where ${isHead} order by i.id limit 1 for update skip locked)
   returning ${shown}`,
);

export const renewLease = statement<[id: number, token: string, until: string], { id: number }>(
  'tc.inbox.renew',
  'update tc.inbox set locked_until = $3 where id = $1 and lock_token = $2 returning id',
);

export const removeFromInbox = statement<[id: number], { id: number }>(
  'tc.inbox.remove',
  'delete from tc.inbox where id = $1 returning id',
);

// With the mark stays what tells the event's way later: when it came, and the attempts that failed, if any did.
const told = 'event_id, handler, received_at, history';
const failures = `nullif(history, '[]')`;

/** Their handlers are done with them: out of the inbox, and marked, by one statement. */
export const finishInTransaction = statement<[ids: number[], at: string], never>(
  'tc.inbox.finish',
  `with gone as (delete from tc.inbox where id = any($1) returning ${told})
   insert into tc.mark (${told}, done_at) select event_id, handler, received_at, ${failures}, $2 from gone`,
);

/** The same of one that was claimed by a lease, if that still counts. */
export const finishLeased = statement<[id: number, token: string, at: string], never>(
  'tc.inbox.finish-leased',
  `with gone as (delete from tc.inbox where id = $1 and lock_token = $2 returning ${told})
   insert into tc.mark (${told}, done_at) select event_id, handler, received_at, ${failures}, $3 from gone`,
);

export const removeLeased = statement<[id: number, token: string], { id: number }>(
  'tc.inbox.remove-leased',
  'delete from tc.inbox where id = $1 and lock_token = $2 returning id',
);

// A lease that was taken over is no longer ours to end, hence the token. Between the rollback of an attempt and this
// another worker may have made the next one; then only the first is counted.
export const retryLater = statement<
  [id: number, token: string | null, attempts: number, due: string, error: string, at: string],
  { id: number }
>(
  'tc.inbox.retry',
  `update tc.inbox set attempts = $3, due_at = $4, last_error = $5, locked_until = null, lock_token = null,
     history = history || jsonb_build_object('at', $6::text, 'error', $5::text)
   where id = $1 and lock_token is not distinct from $2 and attempts = $3 - 1 returning id`,
);

export const toDeadLetters = statement<
  [id: number, token: string | null, error: string, at: string, parked: boolean],
  { id: number }
>(
  'tc.inbox.bury',
  `with gone as (delete from tc.inbox where id = $1 and lock_token is not distinct from $2 returning *)
   insert into tc.dead_letter (event_id, handler, queue, key, envelope, attempts, error, history, parked, died_at)
   select event_id, handler, queue, key, envelope, attempts + 1, $3,
     history || jsonb_build_object('at', $4::text, 'error', $3::text), $5, $4::text::timestamptz from gone returning id`,
);

/** Parks what waits for a handler that is not there, such as one that a newer version calls otherwise. */
export const parkOrphans = statement<[handlers: string[], error: string, at: string], { handler: string }>(
  'tc.inbox.park',
  `with gone as (delete from tc.inbox where handler <> all($1::text[]) returning *)
   insert into tc.dead_letter (event_id, handler, queue, key, envelope, attempts, error, history, parked, died_at)
   select event_id, handler, queue, key, envelope, attempts, $2, history, true, $3 from gone order by id returning handler`,
);

export const inboxDepths = statement<[], { queue: string; waiting: number; oldestAt: string | null }>(
  'tc.inbox.depths',
  'select queue, count(*)::int as waiting, min(received_at) as "oldestAt" from tc.inbox group by queue',
);

/** Whether a row could be claimed now: one that waits behind a failed one could not. */
export const inboxReady = statement<[handlers: string[], now: string], { ready: boolean }>(
  'tc.inbox.ready',
  `select exists (select 1 from tc.inbox i where ${isHead}) as ready`,
);

export const forgetOldMarks = statement<[before: string], never>(
  'tc.mark.forget',
  'delete from tc.mark where done_at < $1',
);
