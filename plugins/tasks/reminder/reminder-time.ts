// When a person is reminded of a task: the rules, without a database.

export type Reminded = {
  due_on: string | null;
  due_at: string | null;
  due_zone: string | null;
  remind_before_minutes: number | null;
};

/** A day without a time is announced at this hour, in the zone in which the day was meant. */
const hourOfDay = '09:00';

/** The time of the reminder, whether past or not; undefined without a due date. */
export function reminderTime(task: Reminded, minutesBefore: number): Temporal.Instant | undefined {
  if (task.due_on === null) return undefined;
  if (task.due_at !== null) {
    return Temporal.Instant.from(task.due_at).subtract({ minutes: task.remind_before_minutes ?? minutesBefore });
  }
  const morning = Temporal.PlainDate.from(task.due_on).toZonedDateTime({
    timeZone: task.due_zone!,
    plainTime: Temporal.PlainTime.from(hourOfDay),
  });
  return morning.toInstant().subtract({ minutes: task.remind_before_minutes ?? 0 });
}

/**
 * The time for which a reminder is planned at `now`. A due time that is near enough to be announced already is
 * announced at once; what is past, and a day whose morning has gone by, needs no reminder of what was just written.
 */
export function plannedTime(
  task: Reminded,
  minutesBefore: number,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const time = reminderTime(task, minutesBefore);
  if (!time || Temporal.Instant.compare(time, now) > 0) return time;
  const isAhead = task.due_at !== null && Temporal.Instant.compare(Temporal.Instant.from(task.due_at), now) > 0;
  return isAhead ? now : undefined;
}
