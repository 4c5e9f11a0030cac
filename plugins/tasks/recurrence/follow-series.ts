import type { TasksContext } from '../contract.ts';
import { isOver } from '../task/task.ts';
import { hintTask, taskFacts } from '../task/task-facts.ts';
import { deleteTask, insertOccurrence, type TaskRow, untouchedOccurrenceAfter } from '../task/task-table.ts';
import { nextTask } from './next-task.ts';

/**
 * An occurrence that is over is followed by the next; one that is opened again takes the next back, if nobody has
 * touched that since. Cancelling skips an occurrence; clearing the repeat, or deleting, ends the series.
 */
export async function followSeries(context: TasksContext, before: TaskRow, after: TaskRow): Promise<void> {
  if (isOver(before.status) === isOver(after.status) || after.series_id === null) return;
  if (!isOver(after.status)) await takeBackNext(context, after);
  else if (after.repeat_rule !== null) await makeNext(context, after);
}

async function makeNext(context: TasksContext, row: TaskRow): Promise<void> {
  const { tx, publish, actor, clock } = context;
  const values = nextTask(row, { person: actor.person, zone: actor.zone, at: clock.now() });
  const made = values && (await insertOccurrence(tx, actor.organisation, values));
  if (!made) return;
  await publish('task.created', taskFacts(made));
  await hintTask(context, made.id);
}

async function takeBackNext(context: TasksContext, row: TaskRow): Promise<void> {
  const { tx, publish, actor } = context;
  const next = await untouchedOccurrenceAfter(tx, actor.organisation, row.series_id!, row.slot_on!);
  if (!next) return;
  await deleteTask(tx, actor.organisation, next.id);
  await publish('task.deleted', taskFacts(next));
  await hintTask(context, next.id);
}
