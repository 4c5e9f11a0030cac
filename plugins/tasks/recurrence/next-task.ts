import type { Acting } from '../task/change-task.ts';
import type { Reminder } from '../task/reminders.ts';
import type { TaskRow, TaskValues } from '../task/task-table.ts';
import { columnsOfWhen, dayAt } from '../task/when.ts';
import { mustRule } from './rule.ts';
import { nextOf, type Series, whenOn } from './series.ts';

/** The series of a task that repeats. */
export const seriesOfRow = (row: TaskRow): Series => ({
  rule: mustRule(row.repeat_rule!),
  from: row.repeat_from!,
  on: row.series_on!,
  time: row.series_time,
  zone: row.series_zone!,
});

/** The occurrence that follows one that is over: as that was, open, with its steps unticked; undefined at the end. */
export function nextTask(row: TaskRow, acting: Acting): TaskValues | undefined {
  const series = seriesOfRow(row);
  const next = nextOf(series, row.slot_on!, acting.at);
  if (!next) return undefined;
  const { id: _, version: __, ...values } = row;
  const due = columnsOfWhen(whenOn(series, next.date), series.zone);
  return {
    ...values,
    ...startBefore(row, next.date),
    status: 'open',
    due_on: due.on,
    due_at: due.at,
    due_zone: due.zone,
    repeat_rule: next.rule,
    slot_on: next.date,
    checklist: row.checklist.map((item) => ({ ...item, done: false })),
    reminders: relativeOnly(row.reminders),
    created_at: acting.at.toString(),
    created_on: dayAt(acting.at, acting.zone),
    updated_at: acting.at.toString(),
    completed_at: null,
    completed_on: null,
    completed_by: null,
    import_key: null,
  };
}

/** As many days before the due day as it was, at the same time on the wall. */
function startBefore(row: TaskRow, dueOn: string) {
  if (row.start_on === null || row.due_on === null) return {};
  const ahead = Temporal.PlainDate.from(row.start_on).until(row.due_on, { largestUnit: 'days' });
  const day = Temporal.PlainDate.from(dueOn).subtract(ahead);
  if (row.start_at === null) return { start_on: day.toString() };
  const plainTime = Temporal.Instant.from(row.start_at).toZonedDateTimeISO(row.start_zone!).toPlainTime();
  const at = day.toZonedDateTime({ timeZone: row.start_zone!, plainTime }).toInstant().toString();
  return { start_on: day.toString(), start_at: at };
}

/** A time of its own was meant for the one occurrence. */
function relativeOnly(reminders: Reminder[] | null): Reminder[] | null {
  const kept = reminders?.filter((reminder) => 'minutesBefore' in reminder);
  return kept && (kept.length > 0 || reminders?.length === 0) ? kept : null;
}
