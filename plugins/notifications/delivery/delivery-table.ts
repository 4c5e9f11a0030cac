import { decodeCursor, statement, type Tx, toPage } from '@task-connect/sdk';
import { z } from 'zod';
import type { Channel } from '../channel.ts';
import type { Delivery, DeliveryQuery, DeliveryState } from './delivery.ts';

type Entry = { person: string; notification: string; channel: Channel; at: string } & (
  | { state: Extract<DeliveryState, 'waiting' | 'sent'>; reason?: undefined }
  | { state: Extract<DeliveryState, 'not-sent' | 'failed'>; reason: string }
);

// What was sent stays sent, whatever is heard of it later.
const log = statement<
  [person: string, notification: string, channel: Channel, state: DeliveryState, reason: string | null, at: string],
  unknown
>(
  'notifications.log-delivery',
  `insert into delivery as d (person_id, notification_id, channel, state, reason, at) values ($1, $2, $3, $4, $5, $6)
   on conflict (person_id, notification_id, channel)
   do update set state = excluded.state, reason = excluded.reason, at = excluded.at where d.state <> 'sent'`,
);

/** Says what became of a notification on a channel: one line each, which holds the last that is known. */
export async function logDelivery(tx: Tx, entry: Entry): Promise<void> {
  const { person, notification, channel, state, reason = null, at } = entry;
  await tx.query(log, [person, notification, channel, state, reason, at]);
}

type DeliveryRow = {
  id: string;
  notification_id: string;
  plugin: string;
  kind: string;
  title: string;
  channel: Channel;
  state: DeliveryState;
  reason: string | null;
  at: string;
};

const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  notification: row.notification_id,
  plugin: row.plugin,
  kind: row.kind,
  title: row.title,
  channel: row.channel,
  state: row.state,
  reason: row.reason,
  at: row.at,
});

const cursor = z.tuple([z.uuid()]);

/** One page of what became of a person’s notifications, the newest first. */
export async function deliveryPage(tx: Tx, person: string, query: DeliveryQuery) {
  const after = decodeCursor(query.cursor, cursor);
  const filtered = tx.knex('delivery as d').where('d.person_id', person);
  if (query.state) filtered.where('d.state', query.state);
  if (query.channel) filtered.where('d.channel', query.channel);

  const rows = filtered
    .clone()
    .join('notification as n', { 'n.person_id': 'd.person_id', 'n.id': 'd.notification_id' })
    .select('d.id', 'd.notification_id', 'n.plugin', 'n.kind', 'n.title', 'd.channel', 'd.state', 'd.reason', 'd.at')
    .orderByRaw('d.person_id desc, d.id desc')
    .limit(query.limit + 1);
  if (after) rows.where('d.id', '<', after[0]);

  const page = toPage<DeliveryRow, Delivery>(await rows, query.limit, (row) => [row.id], toDelivery);
  if (!query.count) return page;
  const [counted] = await filtered.clone().count({ total: '*' });
  return { ...page, total: Number(counted?.total) };
}
