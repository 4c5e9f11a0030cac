import { type Acting, completion } from './change-task.ts';
import { type NewTask, priorities } from './task.ts';
import type { TaskValues } from './task-table.ts';
import { columnsOfWhen, dayAt } from './when.ts';

/** The row of a task that `acting` adds. */
export function newTaskValues(task: NewTask, acting: Acting): TaskValues {
  const due = columnsOfWhen(task.due, acting.zone);
  const start = columnsOfWhen(task.start, acting.zone);
  const now = acting.at.toString();
  return {
    title: task.title,
    notes: task.notes,
    status: task.status,
    priority: priorities.indexOf(task.priority),
    due_on: due.on,
    due_at: due.at,
    due_zone: due.zone,
    start_on: start.on,
    start_at: start.at,
    start_zone: start.zone,
    labels: task.labels,
    assignee_id: task.assignee,
    estimate_minutes: task.estimateMinutes,
    project_id: task.project,
    parent_id: task.parent,
    remind_before_minutes: task.remindBeforeMinutes,
    created_by: acting.person,
    created_at: now,
    created_on: dayAt(acting.at, acting.zone),
    updated_at: now,
    ...completion(task.status, acting),
  };
}
