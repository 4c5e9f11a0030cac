import { statement, type Tx } from '@task-connect/sdk';
import type { Channel } from '../channel.ts';

export type KindRow = { plugin: string; kind: string; title: string; channels: Channel[] };

// The look beforehand spares a lock on the row in almost every case, for which all who are told would queue.
const see = statement<[plugin: string, kind: string, title: string, channels: string[]], unknown>(
  'notifications.see-kind',
  `insert into kind as k (plugin, kind, title, channels) select $1, $2, $3, $4
   where not exists (select from kind where plugin = $1 and kind = $2 and title = $3 and channels = $4)
   on conflict (plugin, kind) do update set title = excluded.title, channels = excluded.channels`,
);

/** Keeps a kind as it was seen last, so that a person can choose its channels. */
export async function seeKind(tx: Tx, { plugin, kind, title, channels }: KindRow): Promise<void> {
  await tx.query(see, [plugin, kind, title, channels]);
}

const all = statement<[], KindRow>('notifications.kinds', 'select plugin, kind, title, channels from kind limit 1000');

export const knownKinds = (tx: Tx): Promise<KindRow[]> => tx.query(all, []);

const find = statement<[plugin: string, kind: string], KindRow>(
  'notifications.find-kind',
  'select plugin, kind, title, channels from kind where plugin = $1 and kind = $2',
);

export async function findKind(tx: Tx, plugin: string, kind: string): Promise<KindRow | undefined> {
  const [row] = await tx.query(find, [plugin, kind]);
  return row;
}
