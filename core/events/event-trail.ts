import { statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import type { Envelope } from './envelope.ts';

// What one plugin's database knows of an event: that it was published there, and how far its handlers are with it. Marks
// tell it for 30 days, departures of the newest hundred thousand (departures.ts).

export type Departure = {
  eventId: string;
  type: string;
  key: string;
  organisation: string;
  actor: string | null;
  onBehalfOf: string | null;
  at: string;
  /** Null while it waits for the relay. */
  leftAt: string | null;
  traceparent: string | null;
};

type Failure = { at: string; error: string };

/** What a handler made of it. */
export type Trail = { handler: string; history: Failure[] } & (
  | { state: 'waiting'; queue: string; receivedAt: string; dueAt: string; running: boolean; envelope: Envelope }
  | { state: 'done'; receivedAt: string | null; doneAt: string; discarded: string | null }
  | { state: 'dead'; queue: string; letter: number; diedAt: string; parked: boolean; envelope: Envelope }
);

const columns = `type, key, organisation, actor, on_behalf_of as "onBehalfOf", at, traceparent, event_id as "eventId"`;
const departure = statement<[eventId: string], Departure>(
  'tc.trail.departure',
  `select ${columns}, left_at as "leftAt" from tc.departure where event_id = $1
   union all select ${columns}, null from tc.outbox where event_id = $1 and kind = 'event' limit 1`,
);
// No index: it is asked for seldom, and there are a hundred thousand rows at most.
const sameTrace = statement<[trace: string, limit: number], Departure>(
  'tc.trail.trace',
  `select ${columns}, left_at as "leftAt" from tc.departure where substring(traceparent, 4, 32) = $1 order by event_id limit $2`,
);
const waiting = statement<[eventId: string, now: string], Omit<Trail & { state: 'waiting' }, 'state'>>(
  'tc.trail.waiting',
  `select handler, queue, history, received_at as "receivedAt", due_at as "dueAt", envelope,
     coalesce(locked_until > $2, false) as running from tc.inbox where event_id = $1 order by handler`,
);
const done = statement<[eventId: string], Omit<Trail & { state: 'done' }, 'state'>>(
  'tc.trail.done',
  `select handler, coalesce(history, '[]') as history, received_at as "receivedAt", done_at as "doneAt", discarded
   from tc.mark where event_id = $1 order by handler`,
);
const dead = statement<[eventId: string], Omit<Trail & { state: 'dead' }, 'state'>>(
  'tc.trail.dead',
  `select id as letter, handler, queue, history, parked, envelope, died_at as "diedAt"
   from tc.dead_letter where event_id = $1 order by handler`,
);

/** That it was published here; undefined when it was not, or too long ago. */
export const findDeparture = async (database: Queries, eventId: string): Promise<Departure | undefined> =>
  (await database.query(departure, [eventId]))[0];

/** What was published here by one piece of work, oldest first. */
export const departuresOfTrace = (database: Queries, trace: string, limit: number) =>
  database.query(sameTrace, [trace, limit]);

/** How far the handlers here are. */
export async function trailsOf(database: Queries, eventId: string, now: string): Promise<Trail[]> {
  // The marks last: one that is finished between two of these is then found twice rather than not at all.
  const found: Trail[] = [
    ...(await database.query(dead, [eventId])).map((row) => ({ ...row, state: 'dead' as const })),
    ...(await database.query(waiting, [eventId, now])).map((row) => ({ ...row, state: 'waiting' as const })),
    ...(await database.query(done, [eventId])).map((row) => ({ ...row, state: 'done' as const })),
  ];
  return [...new Map(found.map((trail) => [trail.handler, trail])).values()];
}
