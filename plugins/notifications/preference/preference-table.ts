import { statement, type Tx } from '@task-connect/sdk';
import type { Channel } from '../channel.ts';

export type PreferenceRow = { plugin: string; kind: string; channel: Channel; wanted: boolean };

const all = statement<[person: string], PreferenceRow>(
  'notifications.preferences',
  'select plugin, kind, channel, wanted from preference where person_id = $1',
);

/** Everything that a person has chosen. */
export const preferencesOf = (tx: Tx, person: string): Promise<PreferenceRow[]> => tx.query(all, [person]);

const ofKind = statement<[person: string, plugin: string, kind: string], PreferenceRow>(
  'notifications.preferences-of-kind',
  'select plugin, kind, channel, wanted from preference where person_id = $1 and plugin = $2 and kind = $3',
);

export const preferencesOfKind = (tx: Tx, person: string, plugin: string, kind: string): Promise<PreferenceRow[]> =>
  tx.query(ofKind, [person, plugin, kind]);

const keep = statement<[person: string, plugin: string, kind: string, channels: string[], wanted: boolean[]], unknown>(
  'notifications.keep-preference',
  `insert into preference (person_id, plugin, kind, channel, wanted)
   select $1, $2, $3, channel, wanted from unnest($4::text[], $5::boolean[]) as chosen (channel, wanted)
   on conflict (person_id, plugin, kind, channel) do update set wanted = excluded.wanted`,
);

export async function keepPreference(
  tx: Tx,
  person: string,
  { plugin, kind, channels }: { plugin: string; kind: string; channels: Record<Channel, boolean> },
): Promise<void> {
  await tx.query(keep, [person, plugin, kind, Object.keys(channels), Object.values(channels)]);
}
