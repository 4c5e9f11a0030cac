import { clockTime, dayText, type TimeStyle } from '@task-connect/console';
import type { Task } from './queries.ts';

type When = NonNullable<Task['due']>;

/** The day of a `when` in the reader’s zone; a date without a time is that date everywhere. */
export const dayOf = (when: When, zone: string): Temporal.PlainDate =>
  'date' in when
    ? Temporal.PlainDate.from(when.date)
    : Temporal.Instant.from(when.at).toZonedDateTimeISO(zone).toPlainDate();

/** `today`, `Thu 14 Jan`, `today 14:00`; the time alone for today. */
export function whenText(when: When, style: TimeStyle): string {
  const day = dayText(dayOf(when, style.zone), style);
  return 'date' in when ? day : `${day} ${clockTime(Temporal.Instant.from(when.at), style)}`;
}

/** Whether its time has passed and it is not over. */
export function isLate(task: Pick<Task, 'due' | 'status'>, style: TimeStyle): boolean {
  if (!task.due || task.status === 'done' || task.status === 'cancelled') return false;
  if ('at' in task.due) return Temporal.Instant.compare(Temporal.Instant.from(task.due.at), style.now) < 0;
  return (
    Temporal.PlainDate.compare(dayOf(task.due, style.zone), style.now.toZonedDateTimeISO(style.zone).toPlainDate()) < 0
  );
}
