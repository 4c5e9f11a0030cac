import { instant, plainDate, zone } from '@task-connect/sdk';
import { z } from 'zod';

// When a task is due or starts. A date without a time stays a date: it is that day wherever one is, and never an
// instant. A time is an instant together with the zone in which it was meant.

// Narrower than what can be stored: a day is reckoned with in zones, and a reminder lies up to a year before it.
const ofOurTimes = (value: string) => value >= '1900' && value < '3000';
const error = 'Give a year between 1900 and 2999.';

/** A day that is reckoned with. */
export const Day = () => plainDate().refine(ofOurTimes, { error });

/** An instant that is reckoned with, cut to milliseconds. */
export const Moment = () =>
  instant()
    .refine(ofOurTimes, { error })
    .overwrite((value) => value.replace(/(\.\d{3})\d+Z$/, '$1Z'));

export const When = z.union([z.object({ date: z.iso.date() }), z.object({ at: z.string(), zone: z.string() })]);
export type When = z.infer<typeof When>;

/** As written by a client; a time without a zone is meant in the zone of the person who writes it. */
export const NewWhen = z.union([
  z.strictObject({ date: Day() }),
  z.strictObject({ at: Moment(), zone: zone().optional() }),
]);
export type NewWhen = z.infer<typeof NewWhen>;

/** Where one day begins and ends in a zone: 23 or 25 hours apart when the clocks change. */
export type DayBounds = { date: string; zone: string; startsAt: string; endsAt: string };

/** The bounds of the day `date` in `zone`. */
export function boundsOfDay(date: string, zone: string): DayBounds {
  const day = Temporal.PlainDate.from(date);
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant().toString();
  return { date, zone, startsAt: startOf(day), endsAt: startOf(day.add({ days: 1 })) };
}

/** The date that a calendar on the wall shows in `zone` at that instant. */
export const dayAt = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toPlainDate().toString();

/** The columns of a `when`: its local day always, an instant only if it has a time. */
export type WhenColumns = { on: string | null; at: string | null; zone: string | null };

export const noTime: WhenColumns = { on: null, at: null, zone: null };

/** How `when` is kept, written by a person in `writerZone`. */
export function columnsOfWhen(when: NewWhen | null | undefined, writerZone: string): WhenColumns {
  if (!when) return noTime;
  if ('date' in when) return { on: when.date, at: null, zone: writerZone };
  const zone = when.zone ?? writerZone;
  return { on: dayAt(Temporal.Instant.from(when.at), zone), at: when.at, zone };
}

/** What is kept, as it is shown. */
export function whenOfColumns({ on, at, zone }: WhenColumns): When | null {
  if (on === null) return null;
  return at === null ? { date: on } : { at, zone: zone! };
}

/** Whether both say the same; a date kept in another zone does. */
export function sameWhen(one: WhenColumns, other: WhenColumns): boolean {
  if (one.at === null || other.at === null) return one.at === other.at && one.on === other.on;
  return one.zone === other.zone && Temporal.Instant.from(one.at).equals(Temporal.Instant.from(other.at));
}
