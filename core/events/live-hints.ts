import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { TakenHint } from './outbox.ts';
import { makePump } from './pump.ts';

// Hints to open consoles: kept for ten minutes in the platform's database, told to all processes by NOTIFY. A hint says
// that something changed; whoever missed more than that reads anew.

export type Hint = { id: string; type: string; plugin: string; data: Record<string, unknown> };
export type Audience = { person: string; organisation: string };
export type NewHint = {
  organisation: string | null;
  person: string | null;
  plugin: string;
  type: string;
  data: Record<string, unknown>;
};

type HintRow = Omit<Hint, 'id'> & { id: number; person: string | null; organisation: string | null };

// Under one lock, so that ids become visible in their order and a reader can go by the last one that it saw.
const add = statement<[hints: string, at: string], { id: number }>(
  'live.add',
  `with turn as materialized (select pg_advisory_xact_lock(hashtextextended('tc.live', 0)))
   insert into live_hint (organisation, person, plugin, type, data, at)
   select h.organisation, h.person, h.plugin, h.type, h.data, $2
   from turn, jsonb_to_recordset($1::jsonb) as h (organisation uuid, person uuid, plugin text, type text, data jsonb) returning id`,
);
const after = statement<[id: number], HintRow>(
  'live.after',
  'select id, organisation, person, plugin, type, data from live_hint where id > $1 order by id limit 500',
);
const newest = statement<[], { id: number }>('live.newest', 'select coalesce(max(id), 0)::bigint as id from live_hint');
const forget = statement<[before: string], never>('live.forget', 'delete from live_hint where at < $1');

const channel = 'tc_live';

const isFor = (row: HintRow, audience: Audience) =>
  (row.person === null || row.person === audience.person) &&
  (row.organisation === null || row.organisation === audience.organisation || row.person === audience.person);

const shown = ({ id, type, plugin, data }: HintRow): Hint => ({ id: String(id), type, plugin, data });

export async function makeLiveHints(needs: { database: Database; clock: Clock; log: Log }) {
  const { database, clock } = needs;
  /** `read` is the last id that was looked at for them. */
  type Subscriber = { audience: Audience; onHint: (hint: Hint) => void; read: number };
  const subscribers = new Set<Subscriber>();
  let last = (await database.query(newest, []))[0]!.id;

  function tell(subscriber: Subscriber, rows: readonly HintRow[]): void {
    for (const row of rows) {
      subscriber.read = row.id;
      if (isFor(row, subscriber.audience)) subscriber.onHint(shown(row));
    }
  }

  /** A page of what somebody has missed; true when there is more. Until then they hear nothing new, so that all comes in order. */
  async function catchUp(subscriber: Subscriber): Promise<boolean> {
    const rows = await database.query(after, [subscriber.read]);
    if (!subscribers.has(subscriber)) return false;
    tell(subscriber, rows);
    if (rows.length === 0) subscriber.read = last;
    return subscriber.read < last;
  }

  const pump = makePump({
    name: 'show live hints',
    log: needs.log,
    async work() {
      let more = false;
      for (const subscriber of [...subscribers]) if (subscriber.read < last && (await catchUp(subscriber))) more = true;
      const rows = await database.query(after, [last]);
      for (const subscriber of subscribers) if (subscriber.read >= last) tell(subscriber, rows);
      last = rows.at(-1)?.id ?? last;
      return more || rows.length > 0;
    },
  });
  const listening = await database.listen(channel, () => pump.wake(), { regained: () => pump.wake() });

  async function show(hints: readonly (NewHint | TakenHint)[]): Promise<void> {
    if (hints.length === 0) return;
    await database.query(add, [JSON.stringify(hints), clock.now().toString()]);
    pump.wake();
    await database.notify(channel, '');
  }

  return {
    show,
    /** From now on, or from the id that a client saw last. Returns the way out. */
    subscribe(audience: Audience, lastEventId: string | undefined, onHint: (hint: Hint) => void): () => void {
      const from = lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : last;
      const subscriber: Subscriber = { audience, onHint, read: Math.min(from, last) };
      subscribers.add(subscriber);
      if (subscriber.read < last) pump.wake();
      return () => subscribers.delete(subscriber);
    },
    forgetOld: () => database.query(forget, [clock.now().subtract({ minutes: 10 }).toString()]),
    idle: () => pump.idle(),
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
      await pump[Symbol.asyncDispose]();
    },
  };
}

export type LiveHints = Awaited<ReturnType<typeof makeLiveHints>>;
