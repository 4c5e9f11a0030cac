import type { TasksContext } from '../contract.ts';
import type { TaskRow } from './task-table.ts';
import { whenOfColumns } from './when.ts';

/** What every event of a task tells of it. */
export const taskFacts = (row: TaskRow) => ({
  taskId: row.id,
  title: row.title,
  status: row.status,
  project: row.project_id,
  assignee: row.assignee_id,
  createdBy: row.created_by,
  hasReminders: row.reminders !== null && row.reminders.length > 0,
  due: whenOfColumns({ on: row.due_on, at: row.due_at, zone: row.due_zone }),
});

/** Tells open consoles that they should read this task again. */
export const hintTask = ({ live }: TasksContext, taskId: string) => live({ type: 'task-changed', data: { taskId } });
