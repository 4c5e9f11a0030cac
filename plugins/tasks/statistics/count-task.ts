import { type TasksContext, tasks } from '../contract.ts';
import { countWork, hintStatistics } from './count-work.ts';
import { countsOfTask, difference } from './day-counts.ts';
import { addToDays } from './day-table.ts';
import { factsOfTaskNow, noteTask, workIdsOfTask } from './fact-table.ts';
import { holdStatistic } from './recount-table.ts';

/** Counts what is different of a task since it was counted last; it looks at the task, so that order does not matter. */
export async function countTask(context: TasksContext, taskId: string): Promise<void> {
  const { tx, actor } = context;
  const { organisation } = actor;
  // Sent together they are still done one after the other: the look comes when the task is held.
  const [, { before, now }] = await Promise.all([
    holdStatistic(tx, organisation, taskId),
    factsOfTaskNow(tx, organisation, taskId),
  ]);
  await Promise.all([
    noteTask(tx, organisation, taskId, now),
    addToDays(tx, organisation, difference(countsOfTask(before), countsOfTask(now))),
  ]);
  // Time goes with its task from project to project, and belongs to none when the task is gone.
  if (before && before.project_id !== (now?.project_id ?? null)) await countWorkOfTask(context, taskId);
  await hintStatistics(context);
}

async function countWorkOfTask(context: TasksContext, taskId: string): Promise<void> {
  for (const id of await workIdsOfTask(context.tx, context.actor.organisation, taskId)) await countWork(context, id);
}

// Nothing else of a task is counted.
const matters = ['status', 'due', 'assignee', 'project', 'estimateMinutes'];

export const countTaskHandlers = [
  tasks.handler({
    event: 'task.changed',
    name: 'count-task.changed',
    async handle({ data }, context) {
      if (data.changed.some((field) => matters.includes(field))) await countTask(context, data.taskId);
    },
  }),
  ...(['task.created', 'task.completed', 'task.reopened', 'task.deleted'] as const).map((event) =>
    tasks.handler({ event, name: `count-${event}`, handle: ({ data }, context) => countTask(context, data.taskId) }),
  ),
];
