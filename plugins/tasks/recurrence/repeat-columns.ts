import { InvalidInput } from '@task-connect/sdk';
import type { TaskRow } from '../task/task-table.ts';
import type { NewRecurrence } from './recurrence.ts';

// What a task keeps of its repeat: the rule, where it begins, and which occurrence the task is.

export type RepeatColumns = Pick<
  TaskRow,
  'repeat_rule' | 'repeat_from' | 'series_on' | 'series_time' | 'series_zone' | 'series_id' | 'slot_on'
>;

export const noRepeat: RepeatColumns = {
  repeat_rule: null,
  repeat_from: null,
  series_on: null,
  series_time: null,
  series_zone: null,
  series_id: null,
  slot_on: null,
};

type Due = Pick<TaskRow, 'due_on' | 'due_at' | 'due_zone'>;

/** A rule that begins at the due date. A task that was in a series stays the occurrence that it is there. */
export const repeatColumns = (
  { rule, from }: NewRecurrence,
  due: Due,
  was: Pick<TaskRow, 'series_id' | 'slot_on'>,
): RepeatColumns => ({
  repeat_rule: rule,
  repeat_from: from,
  series_on: due.due_on,
  series_time:
    due.due_at === null
      ? null
      : Temporal.Instant.from(due.due_at).toZonedDateTimeISO(due.due_zone!).toPlainTime().toString(),
  series_zone: due.due_zone,
  series_id: was.series_id ?? crypto.randomUUID(),
  slot_on: was.slot_on ?? due.due_on,
});

/** A repeat counts from a date. `below` is where the change stands in the input. */
export function refuseUndated(row: Pick<TaskRow, 'repeat_rule' | 'due_on'>, change: { due?: unknown }, below = '') {
  if (row.repeat_rule === null || row.due_on !== null) return;
  const detail = 'A task that repeats needs a due date: give one, or leave the repeat out.';
  throw new InvalidInput({
    errors: [{ pointer: `${below}/${change.due === undefined ? 'recurrence' : 'due'}`, detail }],
  });
}
