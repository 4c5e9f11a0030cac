import { z } from 'zod';
import { Moment } from './when.ts';

/** So long before the task is due (on a day without a time: before 09:00), or at a time of its own. */
export const Reminder = z.union([z.object({ minutesBefore: z.int() }), z.object({ at: z.string() })]);
export type Reminder = z.infer<typeof Reminder>;

export const minutesBefore = () => z.int().min(0).max(525_600);

/** Several reminders of one task; each once. */
export const Reminders = () =>
  z
    .array(z.union([z.strictObject({ minutesBefore: minutesBefore() }), z.strictObject({ at: Moment() })]))
    .max(10)
    .overwrite((reminders) => [...new Map(reminders.map((each) => [JSON.stringify(each), each])).values()])
    .describe('null: the one of the settings; empty: none');

/** What a client that knows of one reminder alone is told. */
export function onlyMinutes(reminders: readonly Reminder[] | null): number | null {
  const [one, ...more] = reminders ?? [];
  return one && 'minutesBefore' in one && more.length === 0 ? one.minutesBefore : null;
}

/** The reminders that a client means which gives the minutes alone. */
export const ofMinutes = (minutes: number | null): Reminder[] | null =>
  minutes === null ? null : [{ minutesBefore: minutes }];
