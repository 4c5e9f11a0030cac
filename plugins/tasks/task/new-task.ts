import { noRepeat, refuseUndated, repeatColumns } from '../recurrence/repeat-columns.ts';
import { type Acting, completion } from './change-task.ts';
import { keptChecklist } from './checklist.ts';
import { ofMinutes, onlyMinutes } from './reminders.ts';
import { type NewTask, priorities } from './task.ts';
import type { TaskValues } from './task-table.ts';
import { columnsOfWhen, dayAt } from './when.ts';

/** The row of a task that `acting` adds. */
export function newTaskValues(task: NewTask, acting: Acting): TaskValues {
  const due = columnsOfWhen(task.due, acting.zone);
  const start = columnsOfWhen(task.start, acting.zone);
  const now = acting.at.toString();
  const reminders = task.reminders === undefined ? ofMinutes(task.remindBeforeMinutes) : task.reminders;
  const dates = { due_on: due.on, due_at: due.at, due_zone: due.zone };
  const repeat = task.recurrence ? repeatColumns(task.recurrence, dates, noRepeat) : noRepeat;
  refuseUndated({ ...repeat, due_on: due.on }, {});
  return {
    title: task.title,
    notes: task.notes,
    status: task.status,
    priority: priorities.indexOf(task.priority),
    ...dates,
    start_on: start.on,
    start_at: start.at,
    start_zone: start.zone,
    labels: task.labels,
    assignee_id: task.assignee,
    estimate_minutes: task.estimateMinutes,
    project_id: task.project,
    parent_id: task.parent,
    remind_before_minutes: onlyMinutes(reminders),
    ...repeat,
    checklist: keptChecklist(task.checklist),
    reminders,
    position: task.position,
    import_key: null,
    created_by: acting.person,
    created_at: now,
    created_on: dayAt(acting.at, acting.zone),
    updated_at: now,
    ...completion(task.status, acting),
  };
}
