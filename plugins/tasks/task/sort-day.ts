import { isOver } from './task.ts';
import type { TaskRow } from './task-table.ts';
import type { DayBounds } from './when.ts';

export type SortedDay = { overdue: TaskRow[]; due: TaskRow[]; started: TaskRow[] };

/**
 * Puts tasks where they belong in a person’s day. A date is compared with the date on that person’s wall, a time with
 * the clock. `running` is the task on which the timer runs.
 */
export function sortDay(
  rows: readonly TaskRow[],
  day: DayBounds,
  now: Temporal.Instant,
  running: string | null,
): SortedDay {
  const sorted: SortedDay = { overdue: [], due: [], started: [] };
  for (const row of rows) {
    const list = placeOf(row, day, now, running);
    if (list) sorted[list].push(row);
  }
  return sorted;
}

function placeOf(row: TaskRow, day: DayBounds, now: Temporal.Instant, running: string | null) {
  if (isOver(row.status)) return row.id === running ? 'started' : undefined;
  if (row.due_at !== null) {
    if (isBefore(row.due_at, now)) return 'overdue';
    if (isBefore(row.due_at, Temporal.Instant.from(day.endsAt))) return 'due';
  } else if (row.due_on !== null) {
    if (row.due_on < day.date) return 'overdue';
    if (row.due_on === day.date) return 'due';
  }
  if (row.id === running || row.status === 'active' || hasStarted(row, day, now)) return 'started';
}

function hasStarted(row: TaskRow, day: DayBounds, now: Temporal.Instant): boolean {
  if (row.start_at !== null) return !isBefore(now.toString(), Temporal.Instant.from(row.start_at));
  return row.start_on !== null && row.start_on <= day.date;
}

const isBefore = (one: string, other: Temporal.Instant) =>
  Temporal.Instant.compare(Temporal.Instant.from(one), other) < 0;
