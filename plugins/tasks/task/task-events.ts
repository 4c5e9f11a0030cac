import type { TasksContext } from '../contract.ts';
import { followSeries } from '../recurrence/follow-series.ts';
import { eventOfChange } from './change-task.ts';
import { hintTask, taskFacts } from './task-facts.ts';
import { type TaskRow, updateTask } from './task-table.ts';

/** Writes a changed task and tells of it, once and under one name; one that repeats is followed by its next. */
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
  await followSeries(context, before, after);
  return after;
}
