import { repeatColumns } from '../recurrence/repeat-columns.ts';
import { keptChecklist } from './checklist.ts';
import { ofMinutes, onlyMinutes } from './reminders.ts';
import { type BulkChange, isOver, priorities, type Status, type TaskPatch } from './task.ts';
import type { TaskRow } from './task-table.ts';
import { columnsOfWhen, dayAt, sameWhen, type WhenColumns } from './when.ts';

// The rules of a change, without a database: what a task looks like after it, and which of its fields differ.

/** Who changes it, and when. */
export type Acting = { person: string; zone: string; at: Temporal.Instant };

export type Change = TaskPatch & Pick<BulkChange, 'addLabels' | 'removeLabels'>;

/** How many labels a task may carry. */
export const mostLabels = 30;

/** The row after the change, and the names of the fields that are different now; none when all was so already. */
export function changedTask(row: TaskRow, change: Change, acting: Acting): { row: TaskRow; changed: string[] } {
  const next = { ...row };
  const changed: string[] = [];

  const set = <Column extends keyof TaskRow>(field: string, column: Column, value: TaskRow[Column] | undefined) => {
    if (value === undefined || sameValue(value, row[column])) return;
    next[column] = value;
    changed.push(field);
  };
  set('title', 'title', change.title);
  set('notes', 'notes', change.notes === null ? '' : change.notes);
  set('priority', 'priority', change.priority && priorities.indexOf(change.priority));
  set('labels', 'labels', changedLabels(row.labels, change));
  set('assignee', 'assignee_id', change.assignee);
  set('estimateMinutes', 'estimate_minutes', change.estimateMinutes);
  set('project', 'project_id', change.project);
  set('parent', 'parent_id', change.parent);
  set('checklist', 'checklist', change.checklist === undefined ? undefined : keptChecklist(change.checklist ?? []));
  set('position', 'position', change.position);
  const { reminders, remindBeforeMinutes: minutes } = change;
  set('reminders', 'reminders', reminders === undefined && minutes !== undefined ? ofMinutes(minutes) : reminders);
  set('remindBeforeMinutes', 'remind_before_minutes', onlyMinutes(next.reminders));

  for (const field of ['due', 'start'] as const) {
    if (change[field] === undefined) continue;
    const columns = columnsOfWhen(change[field], acting.zone);
    if (sameWhen(columns, whenColumns(row, field))) continue;
    Object.assign(next, rowOfWhen(field, columns));
    changed.push(field);
  }

  if (changesRepeat(row, change, changed.includes('due'))) {
    if (change.recurrence) Object.assign(next, repeatColumns(change.recurrence, next, row));
    else Object.assign(next, { repeat_rule: null, repeat_from: null });
    changed.push('recurrence');
  }

  if (change.status !== undefined && change.status !== row.status) {
    Object.assign(next, { status: change.status }, completion(change.status, acting));
    changed.push('status');
  }
  if (changed.length > 0) next.updated_at = acting.at.toString();
  return { row: next, changed };
}

/** Sent with another due date, a rule that stays as it was begins anew there. */
function changesRepeat(row: TaskRow, { recurrence }: Change, dueMoves: boolean): boolean {
  if (recurrence === undefined) return false;
  if (recurrence === null) return row.repeat_rule !== null;
  return dueMoves || recurrence.rule !== row.repeat_rule || recurrence.from !== row.repeat_from;
}

const sameValue = (one: unknown, other: unknown) =>
  typeof one === 'object' && one !== null ? JSON.stringify(one) === JSON.stringify(other) : one === other;

function changedLabels(labels: string[], change: Change): string[] | undefined {
  const { labels: replaced, addLabels: added, removeLabels: removed } = change;
  if (replaced === undefined && !added && !removed) return undefined;
  const base = replaced === undefined ? labels : (replaced ?? []);
  return [...new Set([...base, ...(added ?? [])])].filter((label) => !removed?.includes(label));
}

const whenColumns = (row: TaskRow, field: 'due' | 'start'): WhenColumns => ({
  on: row[`${field}_on`],
  at: row[`${field}_at`],
  zone: row[`${field}_zone`],
});

const rowOfWhen = (field: 'due' | 'start', { on, at, zone }: WhenColumns) => ({
  [`${field}_on`]: on,
  [`${field}_at`]: at,
  [`${field}_zone`]: zone,
});

/** Who completed it, when, and on which of their days. */
export const completion = (status: Status, { person, zone, at }: Acting) =>
  status === 'done'
    ? { completed_at: at.toString(), completed_on: dayAt(at, zone), completed_by: person }
    : { completed_at: null, completed_on: null, completed_by: null };

/** How the change of a task is told: completing and reopening have names of their own. */
export type TaskEvent = 'task.changed' | 'task.completed' | 'task.reopened';

export function eventOfChange(before: Status, after: Status): TaskEvent {
  if (before !== 'done' && after === 'done') return 'task.completed';
  if (isOver(before) && !isOver(after)) return 'task.reopened';
  return 'task.changed';
}
