import { AgendaItem, hues, plainDate, z, zone } from '@task-connect/sdk';

export const ScheduleQuery = z.strictObject({
  date: plainDate().optional().describe('Today when left out'),
  zone: zone().optional().describe('The zone whose day is meant; your own when left out'),
});
export type ScheduleQuery = z.infer<typeof ScheduleQuery>;

/** Something that a plugin adds to a day. */
export const ScheduleItem = AgendaItem.extend({
  plugin: z.string(),
  pluginTitle: z.string(),
  kindTitle: z.string(),
  hue: z.enum(hues),
});
export type ScheduleItem = z.infer<typeof ScheduleItem>;

const missing = z
  .array(z.object({ plugin: z.string(), title: z.string(), reason: z.enum(['slow', 'failed']) }))
  .describe('Plugins whose part is not there, since they did not answer in time or failed');

const day = {
  date: z.iso.date(),
  startsAt: z.string(),
  endsAt: z.string(),
  items: z
    .array(ScheduleItem)
    .describe('Days without a time first, then by time; what reaches into two days is in both'),
};

export const ScheduleDay = z.object({ zone: z.string(), ...day, missing });
export type ScheduleDay = z.infer<typeof ScheduleDay>;

export const ScheduleWeek = z.object({
  zone: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  days: z.array(z.object(day)),
  missing,
});
export type ScheduleWeek = z.infer<typeof ScheduleWeek>;
