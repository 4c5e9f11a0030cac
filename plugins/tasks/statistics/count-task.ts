import { type TasksContext, tasks } from '../contract.ts';
import { countsOfTask, difference } from './day-counts.ts';
import { addToDays } from './day-table.ts';
import { factsOfTaskNow, noteTask } from './fact-table.ts';
import { holdStatistic } from './recount-table.ts';

/** Counts what is different of a task since it was counted last; it looks at the task, so that order does not matter. */
export async function countTask({ tx, actor: { organisation } }: TasksContext, taskId: string): Promise<void> {
  await holdStatistic(tx, organisation, taskId);
  const { before, now } = await factsOfTaskNow(tx, organisation, taskId);
  await noteTask(tx, organisation, taskId, now);
  await addToDays(tx, organisation, difference(countsOfTask(before), countsOfTask(now)));
}

const events = ['task.created', 'task.changed', 'task.completed', 'task.reopened', 'task.deleted'] as const;

export const countTaskHandlers = events.map((event) =>
  tasks.handler({ event, name: `count-${event}`, handle: ({ data }, context) => countTask(context, data.taskId) }),
);
