import { checkVersion, notFound } from '@task-connect/sdk';
import { type TasksContext, tasks } from '../contract.ts';
import { refuseUndated } from '../recurrence/repeat-columns.ts';
import { followStatus } from '../work-log/follow-status.ts';
import { changedTask } from './change-task.ts';
import { newTaskValues } from './new-task.ts';
import { NewTask, Task, TaskPage, TaskPatch, TaskQuery } from './task.ts';
import { saveChange } from './task-events.ts';
import { hintTask, taskFacts } from './task-facts.ts';
import { taskPage } from './task-list-table.ts';
import { checkReferences, taskTree } from './task-references.ts';
import { deleteTask, findTask, insertTask, lockTasks, lockWithSubtasks, toTask } from './task-table.ts';

/** Who acts, as the rules of a change want it. */
export const acting = ({ actor, clock }: TasksContext) => ({ person: actor.person, zone: actor.zone, at: clock.now() });

export const listTasks = tasks.route({
  method: 'GET',
  path: '/tasks',
  summary: 'List tasks',
  description: 'Newest first unless `sort` says otherwise. All filters that are given must hold.',
  permission: 'tasks:read',
  query: TaskQuery,
  returns: TaskPage,
  handle: ({ query, actor }, { tx }) => taskPage(tx, actor, query),
});

export const createTask = tasks.route({
  method: 'POST',
  path: '/tasks',
  summary: 'Add a task',
  permission: 'tasks:write',
  body: NewTask,
  status: 201,
  returns: Task,
  async handle({ body, actor }, context) {
    const { tx, publish } = context;
    if (body.parent) await taskTree.lock(tx, actor.organisation);
    await checkReferences(context, body, [null]);
    const row = await insertTask(tx, actor.organisation, newTaskValues(body, acting(context)));
    await publish('task.created', taskFacts(row));
    await hintTask(context, row.id);
    return toTask(row);
  },
});

export const getTask = tasks.route({
  method: 'GET',
  path: '/tasks/:taskId',
  summary: 'Get a task',
  permission: 'tasks:read',
  returns: Task,
  async handle({ params, actor }, { tx }) {
    return toTask((await findTask(tx, actor.organisation, params.taskId)) ?? notFound('task', params.taskId));
  },
});

export const changeTask = tasks.route({
  method: 'PATCH',
  path: '/tasks/:taskId',
  summary: 'Change a task',
  description:
    'What is absent stays as it is; null clears. A change that changes nothing leaves the version as it was.',
  permission: 'tasks:write',
  body: TaskPatch,
  returns: Task,
  async handle({ params, body, actor, ifMatch }, context) {
    const { tx } = context;
    if (body.parent) await taskTree.lock(tx, actor.organisation);
    const [before] = await lockTasks(tx, actor.organisation, [params.taskId]);
    if (!before) notFound('task', params.taskId);
    checkVersion('task', ifMatch, before.version);
    const change = changedTask(before, body, acting(context));
    refuseUndated(change.row, body);
    await checkReferences(context, only(change.changed, body), [before.id]);
    const after = await saveChange(context, before, change);
    await followStatus(context, [{ before, after }]);
    return toTask(after);
  },
});

// What stays as it was is not asked again: a task may stay in a project that was archived since.
const only = (changed: string[], patch: TaskPatch): TaskPatch =>
  Object.fromEntries(Object.entries(patch).filter(([field]) => changed.includes(field)));

export const removeTask = tasks.route({
  method: 'DELETE',
  path: '/tasks/:taskId',
  summary: 'Delete a task',
  description: 'Its subtasks move up to its own parent; the time spent on it stays, without a task.',
  permission: 'tasks:write',
  async handle({ params, actor, ifMatch }, context) {
    const { tx, publish } = context;
    await taskTree.lock(tx, actor.organisation);
    const { task: row, subtasks } = await lockWithSubtasks(tx, actor.organisation, params.taskId.toLowerCase());
    if (!row) notFound('task', params.taskId);
    checkVersion('task', ifMatch, row.version);
    for (const below of subtasks) {
      await saveChange(context, below, changedTask(below, { parent: row.parent_id }, acting(context)));
    }
    await deleteTask(tx, actor.organisation, row.id);
    await publish('task.deleted', taskFacts(row));
    await hintTask(context, row.id);
  },
});
