import { decodeCursor, statement, type Tx, toPage } from '@task-connect/sdk';
import { z } from 'zod';
import type { Notification, NotificationQuery } from './notification.ts';

export type NotificationRow = {
  id: string;
  organisation_id: string;
  plugin: string;
  kind: string;
  title: string;
  body: string | null;
  link: string | null;
  created_at: string;
  read_at: string | null;
};

const columns = 'id, organisation_id, plugin, kind, title, body, link, created_at, read_at';

export const toNotification = (row: NotificationRow): Notification => ({
  id: row.id,
  organisation: row.organisation_id,
  plugin: row.plugin,
  kind: row.kind,
  title: row.title,
  body: row.body,
  link: row.link,
  createdAt: row.created_at,
  readAt: row.read_at,
});

type New = [
  person: string,
  organisation: string,
  plugin: string,
  kind: string,
  kindTitle: string,
  key: string,
  title: string,
  body: string | null,
  link: string | null,
  urgent: boolean,
  inApp: boolean,
  createdAt: string,
];

const insert = statement<New, { id: string }>(
  'notifications.insert-notification',
  `insert into notification (person_id, organisation_id, plugin, kind, kind_title, key, title, body, link, urgent,
     in_app, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (person_id, plugin, kind, md5(key)) do nothing returning id`,
);

/** Adds a notification and gives its id; undefined when the person was told of this already. */
export async function insertNotification(tx: Tx, values: New): Promise<string | undefined> {
  const [row] = await tx.query(insert, values);
  return row?.id;
}

// Ids grow with time, so this stands for a moment after all of them.
const last = `'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid`;

type Listed = [person: string, limit: number, before: string | null];
const newest = statement<Listed, NotificationRow>(
  'notifications.newest',
  `select ${columns} from notification where person_id = $1 and in_app and id < coalesce($3, ${last})
   order by person_id desc, id desc limit $2`,
);
const newestUnread = statement<Listed, NotificationRow>(
  'notifications.newest-unread',
  `select ${columns} from notification where person_id = $1 and in_app and read_at is null
     and id < coalesce($3, ${last})
   order by person_id desc, id desc limit $2`,
);
const countAll = statement<[person: string], { count: number }>(
  'notifications.count',
  'select count(*) from notification where person_id = $1 and in_app',
);
const countUnread = statement<[person: string], { count: number }>(
  'notifications.count-unread',
  'select count(*) from notification where person_id = $1 and in_app and read_at is null',
);

/** How many a person has not read. */
export async function unreadCount(tx: Tx, person: string): Promise<number> {
  const [row] = await tx.query(countUnread, [person]);
  return row!.count;
}

const cursor = z.tuple([z.uuid()]);

/** One page of a person’s inbox, the newest first. */
export async function notificationPage(tx: Tx, person: string, query: NotificationQuery) {
  const [before = null] = decodeCursor(query.cursor, cursor) ?? [];
  const rows = await tx.query(query.unread ? newestUnread : newest, [person, query.limit + 1, before]);
  const page = toPage<NotificationRow, Notification>(rows, query.limit, (row) => [row.id], toNotification);
  if (!query.count) return page;
  const [counted] = await tx.query(query.unread ? countUnread : countAll, [person]);
  return { ...page, total: counted!.count };
}

const read = statement<[person: string, id: string, at: string], NotificationRow>(
  'notifications.read',
  `update notification set read_at = coalesce(read_at, $3) where person_id = $1 and id = $2 and in_app
   returning ${columns}`,
);

/** Marks one as read; the time of the first reading stays. */
export async function readNotification(tx: Tx, person: string, id: string, at: string) {
  const [row] = await tx.query(read, [person, id, at]);
  return row;
}

const readEach = statement<[person: string, at: string], { read: number }>(
  'notifications.read-all',
  `with marked as (
     update notification set read_at = $2 where person_id = $1 and in_app and read_at is null returning 1
   ) select count(*) as read from marked`,
);

/** Marks all as read and says how many were not. */
export async function readAllNotifications(tx: Tx, person: string, at: string): Promise<number> {
  const [row] = await tx.query(readEach, [person, at]);
  return row!.read;
}
