import { statement, type Tx } from '@task-connect/sdk';

type Owner = { organisation: string; person: string };

const find = statement<[organisation: string, person: string], { since: string | null }>(
  'tasks.feed-since',
  'select feed_since as since from person_preference where organisation_id = $1 and person_id = $2',
);

/** Since when a person’s feed has the address that it has; null without one. */
export async function feedSince(tx: Tx, { organisation, person }: Owner): Promise<string | null> {
  const [row] = await tx.query(find, [organisation, person]);
  return row?.since ?? null;
}

const keep = statement<[organisation: string, person: string, since: string | null], unknown>(
  'tasks.keep-feed-since',
  `insert into person_preference (organisation_id, person_id, feed_since) values ($1, $2, $3)
   on conflict (organisation_id, person_id) do update set feed_since = excluded.feed_since`,
);

export async function keepFeedSince(tx: Tx, { organisation, person }: Owner, since: string | null): Promise<void> {
  await tx.query(keep, [organisation, person, since]);
}

export type FeedTask = {
  id: string;
  title: string;
  notes: string;
  due_on: string;
  due_at: string | null;
  updated_at: string;
  repeat_rule: string | null;
  repeat_from: 'schedule' | 'completion' | null;
  series_on: string | null;
  series_time: string | null;
  series_zone: string | null;
  slot_on: string | null;
};

const due = statement<[organisation: string, person: string, first: string, last: string], FeedTask>(
  'tasks.feed-tasks',
  `select id, title, left(notes, 2000) as notes, due_on, due_at, updated_at, repeat_rule, repeat_from, series_on,
     series_time, series_zone, slot_on
   from task where organisation_id = $1 and responsible_id = $2 and due_on between $3 and $4
     and status in ('open', 'active', 'waiting')
   order by due_on, id limit 2000`,
);

/** What a person has to do in these days. */
export const feedTasks = (tx: Tx, owner: Owner, first: string, last: string) =>
  tx.query(due, [owner.organisation, owner.person, first, last]);
