import { statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import type { OwnedTx } from '../database/unit-of-work.ts';
import { type Envelope, sequenceText } from './envelope.ts';

// Where events wait that a transaction has published. They are written with its COMMIT and deleted once they are on
// the bus; nothing remembers a "last id", because ids are not drawn in the order of commits.

export type OutboxEntry = {
  kind: 'event' | 'live';
  type: string;
  version: number;
  key: string;
  organisation: string;
  actor: string | null;
  onBehalfOf: string | null;
  at: string;
  traceparent: string | null;
  data: unknown;
};

type Values = [
  kind: string,
  type: string,
  version: number,
  key: string,
  organisation: string,
  actor: string | null,
  onBehalfOf: string | null,
  at: string,
  traceparent: string | null,
  data: string,
];

// The lock on the aggregate is taken before the id is drawn, so ids of one aggregate are in the order of its commits. It
// is one for all types of events: with one for each, two that publish the same ones the other way round wait for one another.
const addEvent = statement<Values, never>(
  'tc.outbox.event',
  `with locked as materialized (select pg_advisory_xact_lock(hashtextextended('tc.aggregate ' || $4, 0)))
   insert into tc.outbox (kind, type, version, key, organisation, actor, on_behalf_of, at, traceparent, data)
   select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb from locked`,
);
const addHint = statement<Values, never>(
  'tc.outbox.hint',
  `insert into tc.outbox (kind, type, version, key, organisation, actor, on_behalf_of, at, traceparent, data)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)`,
);

/** What an event may hold, in characters of its JSON: what is larger is kept by its publisher and named by its id. */
const mostCharacters = 1024 ** 2;

function textOf({ type, data }: OutboxEntry): string {
  const text = JSON.stringify(data);
  if (text.length <= mostCharacters) return text;
  throw new Error(
    `An event ${type} would hold ${text.length} characters; ${mostCharacters} are the most. Publish the id of what is so large, and let readers ask for it.`,
  );
}

/** Sends the entries with the COMMIT, by aggregate: two transactions that lock the same ones do so in one order. */
export function deferOutbox(tx: OwnedTx, entries: readonly OutboxEntry[]): void {
  for (const entry of entries) {
    const values: Values = [
      entry.kind,
      entry.type,
      entry.version,
      entry.key,
      entry.organisation,
      entry.actor,
      entry.onBehalfOf,
      entry.at,
      entry.traceparent,
      textOf(entry),
    ];
    // After whatever else goes with the COMMIT, also where the key is empty.
    tx.defer(entry.kind === 'event' ? addEvent : addHint, values, `outbox ${entry.key}`);
  }
}

type OutboxRow = {
  id: number;
  event_id: string;
  kind: 'event' | 'live';
  type: string;
  version: number;
  key: string;
  organisation: string;
  actor: string | null;
  on_behalf_of: string | null;
  at: string;
  traceparent: string | null;
  data: Record<string, unknown>;
};

// One relay at a time for a database; who comes second finds nothing and is woken again by the sweep. The rows are
// locked as well: a snapshot from before another relay's commit would still show what that one deleted.
const takeRows = statement<[limit: number], OutboxRow>(
  'tc.outbox.take',
  `with turn as materialized (select pg_try_advisory_xact_lock(hashtextextended('tc.relay', 0)) as mine)
   select o.* from turn, tc.outbox o where turn.mine order by o.id limit $1 for update of o skip locked`,
);
// What has left is written down by the same statement, without its data: it is where an event's whole way begins.
const deleteRows = statement<[ids: number[], at: string], never>(
  'tc.outbox.leave',
  `with gone as (delete from tc.outbox where id = any($1) returning *)
   insert into tc.departure (event_id, type, key, organisation, actor, on_behalf_of, at, left_at, traceparent)
   select event_id, type, key, organisation, actor, on_behalf_of, at, $2, traceparent from gone where kind = 'event'
   order by id on conflict do nothing`,
);

export type TakenHint = {
  organisation: string;
  plugin: string;
  type: string;
  person: string | null;
  data: Record<string, unknown>;
};
export type Taken = { events: Envelope[]; hints: TakenHint[]; forward(at: string): Promise<void> };

/** Takes what waits; `forward` deletes it, within the same transaction, and writes down when it left. */
export async function takeOutbox(tx: Queries, plugin: string, limit: number): Promise<Taken & { count: number }> {
  const rows = await tx.query(takeRows, [limit]);
  return {
    count: rows.length,
    events: rows.filter((row) => row.kind === 'event').map((row) => toEnvelope(row, plugin)),
    hints: rows
      .filter((row) => row.kind === 'live')
      .map((row) => ({
        organisation: row.organisation,
        plugin,
        type: row.type,
        person: row.on_behalf_of,
        data: row.data,
      })),
    async forward(at) {
      await tx.query(deleteRows, [rows.map((row) => row.id), at]);
    },
  };
}

const toEnvelope = (row: OutboxRow, plugin: string): Envelope => ({
  specversion: '1.0',
  id: row.event_id,
  source: `/plugins/${plugin}`,
  type: row.type,
  subject: row.key,
  time: row.at,
  datacontenttype: 'application/json',
  dataversion: row.version,
  sequence: sequenceText(row.id),
  organisation: row.organisation,
  actor: row.actor,
  onbehalfof: row.on_behalf_of,
  traceparent: row.traceparent,
  data: row.data,
});
