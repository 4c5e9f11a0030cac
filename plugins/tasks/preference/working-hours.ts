import { z } from 'zod';

const time = (last: string) =>
  z.string().regex(new RegExp(`^(?:(?:[01]\\d|2[0-3]):[0-5]\\d${last})$`), { error: 'Give hours and minutes, 09:00.' });

/** One stretch of work on a day of the week; 1 is Monday. `to` may be 24:00. */
export const WorkingTime = z
  .strictObject({ day: z.int().min(1).max(7), from: time(''), to: time('|24:00') })
  .refine(({ from, to }) => from < to, { error: 'The end is not after the start.', path: ['to'] });
export type WorkingTime = z.infer<typeof WorkingTime>;

export const WorkingHours = z
  .array(WorkingTime)
  .min(1)
  .max(28)
  .describe('When reminders are welcome; outside of them they wait for the next');
export type WorkingHours = z.infer<typeof WorkingHours>;

/** `at` itself where somebody works then, else when they begin next, on the wall of their zone. */
export function nextWorkingTime(hours: WorkingHours, at: Temporal.Instant, zone: string): Temporal.Instant {
  const today = at.toZonedDateTimeISO(zone).toPlainDate();
  // A week on, the day of the week of `at` comes again.
  for (let days = 0; days <= 7; days += 1) {
    const day = today.add({ days });
    const stretches = hours.filter((each) => each.day === day.dayOfWeek).sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const { from, to } of stretches) {
      const start = onWall(day, from, zone);
      if (Temporal.Instant.compare(at, start) < 0) return start;
      if (Temporal.Instant.compare(at, onWall(day, to, zone)) < 0) return at;
    }
  }
  return at;
}

function onWall(day: Temporal.PlainDate, time: string, timeZone: string): Temporal.Instant {
  const date = time === '24:00' ? day.add({ days: 1 }) : day;
  const plainTime = Temporal.PlainTime.from(time === '24:00' ? '00:00' : time);
  return date.toZonedDateTime({ timeZone, plainTime }).toInstant();
}
