import type { TasksContext } from '../contract.ts';
import { eventOfChange } from './change-task.ts';
import { type TaskRow, updateTask } from './task-table.ts';
import { whenOfColumns } from './when.ts';

/** What every event of a task tells of it. */
export const taskFacts = (row: TaskRow) => ({
  taskId: row.id,
  title: row.title,
  status: row.status,
  project: row.project_id,
  assignee: row.assignee_id,
  createdBy: row.created_by,
  due: whenOfColumns({ on: row.due_on, at: row.due_at, zone: row.due_zone }),
});

/** Tells open consoles that they should read this task again. */
export const hintTask = ({ live }: TasksContext, taskId: string) => live({ type: 'task-changed', data: { taskId } });

/** Writes a changed task and tells of it, once and under one name. */
export async function saveChange(
  context: TasksContext,
  before: TaskRow,
  { row, changed }: { row: TaskRow; changed: string[] },
): Promise<TaskRow> {
  if (changed.length === 0) return before;
  const { tx, publish, actor } = context;
  const after = await updateTask(tx, actor.organisation, row);
  const event = eventOfChange(before.status, after.status);
  const facts = { ...taskFacts(after), changed };
  if (event === 'task.completed') {
    await publish(event, { ...facts, completedBy: after.completed_by!, completedAt: after.completed_at! });
  } else {
    await publish(event, facts);
  }
  await hintTask(context, after.id);
  return after;
}
