import { Conflict, checkVersion, notFound } from '@task-connect/sdk';
import { type TasksContext, tasks } from '../contract.ts';
import { changedTask } from './change-task.ts';
import { type ChecklistItem, ChecklistItemPatch, mostItems, NewChecklistItem } from './checklist.ts';
import { Task } from './task.ts';
import { saveChange } from './task-events.ts';
import { acting } from './task-routes.ts';
import { lockTasks, type TaskRow, toTask } from './task-table.ts';

// One step at a time, so that two people who tick two steps at once both have their way.

async function changeSteps(
  context: TasksContext,
  taskId: string,
  ifMatch: number | undefined,
  change: (steps: readonly ChecklistItem[]) => Omit<ChecklistItem, 'id'>[],
): Promise<Task> {
  const [before] = await lockTasks(context.tx, context.actor.organisation, [taskId]);
  if (!before) notFound('task', taskId);
  checkVersion('task', ifMatch, before.version);
  const changed = changedTask(before, { checklist: change(before.checklist) }, acting(context));
  return toTask(await saveChange(context, before, changed));
}

const stepOf = (steps: TaskRow['checklist'], id: string) =>
  steps.find((step) => step.id === id.toLowerCase()) ?? notFound('step', id);

export const addStep = tasks.route({
  method: 'POST',
  path: '/tasks/:taskId/checklist',
  summary: 'Add a step to a task’s checklist',
  permission: 'tasks:write',
  body: NewChecklistItem.omit({ id: true }),
  status: 201,
  returns: Task,
  handle: ({ params, body, ifMatch }, context) =>
    changeSteps(context, params.taskId, ifMatch, (steps) => {
      if (steps.length >= mostItems)
        throw new Conflict({ detail: `A checklist holds ${mostItems} steps. Make some of them tasks of their own.` });
      return [...steps, body];
    }),
});

export const changeStep = tasks.route({
  method: 'PATCH',
  path: '/tasks/:taskId/checklist/:stepId',
  summary: 'Tick, untick or rename a step',
  permission: 'tasks:write',
  body: ChecklistItemPatch,
  returns: Task,
  handle: ({ params, body, ifMatch }, context) =>
    changeSteps(context, params.taskId, ifMatch, (steps) => {
      const { id } = stepOf([...steps], params.stepId);
      return steps.map((step) => (step.id === id ? { ...step, ...body } : step));
    }),
});

export const removeStep = tasks.route({
  method: 'DELETE',
  path: '/tasks/:taskId/checklist/:stepId',
  summary: 'Delete a step',
  permission: 'tasks:write',
  returns: Task,
  handle: ({ params, ifMatch }, context) =>
    changeSteps(context, params.taskId, ifMatch, (steps) => {
      const { id } = stepOf([...steps], params.stepId);
      return steps.filter((step) => step.id !== id);
    }),
});
