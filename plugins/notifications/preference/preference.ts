import { line } from '@task-connect/sdk';
import { z } from 'zod';
import { Channels } from '../channel.ts';

/** Through which channels a person is told of one kind. */
export const Preference = z.object({
  plugin: z.string(),
  kind: z.string(),
  title: z.string(),
  channels: Channels,
});
export type Preference = z.infer<typeof Preference>;

export const PreferenceList = z.object({ items: z.array(Preference) });

export const NewPreference = z.strictObject({ plugin: line(100), kind: line(100), channels: Channels });
export type NewPreference = z.infer<typeof NewPreference>;
