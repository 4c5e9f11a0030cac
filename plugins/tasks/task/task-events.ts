import type { TasksContext } from '../contract.ts';
import { followSeries } from '../recurrence/follow-series.ts';
import { eventOfChange } from './change-task.ts';
import { noteMove } from './move-table.ts';
import { hintTask, taskFacts } from './task-facts.ts';
import { type TaskRow, updateTask } from './task-table.ts';
import { dayAt } from './when.ts';

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
  await noteIfMoved(context, before, after);
  return after;
}

/** The review of a day tells what was put off in it. */
async function noteIfMoved({ tx, actor, clock }: TasksContext, before: TaskRow, after: TaskRow): Promise<void> {
  const { due_on: fromOn } = before;
  const { due_on: toOn } = after;
  if (fromOn === null || actor.kind !== 'person' || (toOn !== null && toOn <= fromOn)) return;
  const movedOn = dayAt(clock.now(), actor.zone);
  await noteMove(tx, actor.organisation, { task: after.id, person: actor.person, movedOn, fromOn, toOn });
}
