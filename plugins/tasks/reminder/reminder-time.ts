import type { Reminder } from '../task/reminders.ts';

// When a person is reminded of a task: the rules, without a database.

export type Reminded = {
  due_on: string | null;
  due_at: string | null;
  due_zone: string | null;
  /** Null: the one of the settings. */
  reminders: Reminder[] | null;
};

/** A day without a time is announced at this hour, in the zone in which the day was meant. */
const hourOfDay = '09:00';

/** When the reminders of a task are, past ones too, in order; `minutesBefore` is the setting. */
export function reminderTimes(task: Reminded, minutesBefore: number): Temporal.Instant[] {
  const reminders = task.reminders ?? [{ minutesBefore: task.due_at === null ? 0 : minutesBefore }];
  return reminders
    .flatMap((reminder) => ('at' in reminder ? Temporal.Instant.from(reminder.at) : (before(task, reminder) ?? [])))
    .sort(Temporal.Instant.compare);
}

function before(task: Reminded, { minutesBefore: minutes }: { minutesBefore: number }): Temporal.Instant | undefined {
  if (task.due_on === null) return undefined;
  if (task.due_at !== null) return Temporal.Instant.from(task.due_at).subtract({ minutes });
  const morning = Temporal.PlainDate.from(task.due_on).toZonedDateTime({
    timeZone: task.due_zone!,
    plainTime: Temporal.PlainTime.from(hourOfDay),
  });
  return morning.toInstant().subtract({ minutes });
}

/** When somebody is to be told, and of which reminders: those from `from` to then. */
export type Plan = { at: Temporal.Instant; from: Temporal.Instant };

/**
 * What is planned at `now`: the next reminder. Where none is to come, a due time that is near enough to be announced
 * already is announced at once; what is past, and a day whose morning has gone by, needs no reminder of what was just
 * written.
 */
export function planOf(task: Reminded, minutesBefore: number, now: Temporal.Instant): Plan | undefined {
  const times = reminderTimes(task, minutesBefore);
  const next = times.find((time) => Temporal.Instant.compare(time, now) > 0);
  if (next) return { at: next, from: next };
  const isAhead = task.due_at !== null && Temporal.Instant.compare(Temporal.Instant.from(task.due_at), now) > 0;
  return isAhead && times.length > 0 ? { at: now, from: times[0]! } : undefined;
}

/** The latest reminder whose time has come since `from`: what was missed meanwhile is told once. */
export const latestDue = (task: Reminded, minutesBefore: number, from: Temporal.Instant, now: Temporal.Instant) =>
  reminderTimes(task, minutesBefore).findLast(
    (time) => Temporal.Instant.compare(time, from) >= 0 && Temporal.Instant.compare(time, now) <= 0,
  );
