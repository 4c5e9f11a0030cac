import { type Context, declarePlugin } from '@task-connect/sdk';
import { z } from 'zod';
import { Status } from './task/task.ts';
import { When } from './task/when.ts';

const taskId = z.uuid();

/** What every event of a task tells of it, as it was after the change. */
const TaskFacts = z.object({
  taskId,
  title: z.string(),
  status: Status,
  project: z.uuid().nullable(),
  assignee: z.uuid().nullable(),
  createdBy: z.uuid(),
  due: When.nullable(),
});

const WorkFacts = z.object({
  workLogId: z.uuid(),
  taskId: taskId.nullable(),
  person: z.uuid(),
  startedAt: z.string(),
  endedAt: z.string(),
  seconds: z.int(),
  localDate: z.iso.date(),
});

const ProjectFacts = z.object({
  projectId: z.uuid(),
  name: z.string(),
  parent: z.uuid().nullable(),
  archived: z.boolean(),
});

const ofTask = z.object({ taskId });
const ofWork = z.object({ workLogId: z.uuid() });

export const tasks = declarePlugin({
  id: 'tasks',
  title: 'Tasks',
  hue: 'cobalt',
  icon: 'checkbox',
  paths: ['/tasks', '/projects', '/work-logs', '/analytics/productivity'],
  database: { extensions: ['pg_trgm', 'btree_gin', 'btree_gist'] },
  permissions: {
    'tasks:read': { title: 'See tasks, projects and one’s own time', role: 'guest' },
    'tasks:write': { title: 'Add, change and delete tasks', role: 'member' },
    'projects:write': { title: 'Add, change and delete projects', role: 'member' },
    'work:track': { title: 'Track one’s own time', role: 'member' },
    'work:see-others': { title: 'See the time and the productivity of others', role: 'manager' },
  },
  settings: z.object({
    remindBefore: z
      .int()
      .min(0)
      .max(40_320)
      .default(60)
      .describe('Minutes before the due time at which one is reminded'),
  }),
  publishes: {
    'task.created': { version: 1, aggregate: 'taskId', data: TaskFacts },
    // `changed` names the fields; a task that becomes done, or stops being so, tells that by the next two instead.
    'task.changed': { version: 1, aggregate: 'taskId', data: TaskFacts.extend({ changed: z.array(z.string()) }) },
    'task.completed': {
      version: 1,
      aggregate: 'taskId',
      data: TaskFacts.extend({ completedBy: z.uuid(), completedAt: z.string(), changed: z.array(z.string()) }),
    },
    'task.reopened': { version: 1, aggregate: 'taskId', data: TaskFacts.extend({ changed: z.array(z.string()) }) },
    'task.deleted': { version: 1, aggregate: 'taskId', data: TaskFacts },
    'project.created': { version: 1, aggregate: 'projectId', data: ProjectFacts },
    'project.updated': {
      version: 1,
      aggregate: 'projectId',
      data: ProjectFacts.extend({ changed: z.array(z.string()) }),
    },
    'project.deleted': { version: 1, aggregate: 'projectId', data: ProjectFacts },
    'timer.started': {
      version: 1,
      aggregate: 'workLogId',
      data: z.object({ workLogId: z.uuid(), taskId: taskId.nullable(), person: z.uuid(), startedAt: z.string() }),
    },
    'work.logged': { version: 1, aggregate: 'workLogId', data: WorkFacts },
    'work.changed': { version: 1, aggregate: 'workLogId', data: WorkFacts },
    'work.deleted': { version: 1, aggregate: 'workLogId', data: z.object({ workLogId: z.uuid(), person: z.uuid() }) },
  },
  handles: {
    'task.created': { version: 1, queue: 'task-created-queue', data: ofTask.extend({ due: When.nullable() }) },
    'task.changed': { version: 1, data: ofTask.extend({ changed: z.array(z.string()) }) },
    'task.completed': { version: 1, data: ofTask },
    'task.reopened': { version: 1, data: ofTask },
    'task.deleted': { version: 1, data: ofTask },
    'work.logged': { version: 1, data: ofWork },
    'work.changed': { version: 1, data: ofWork },
    'work.deleted': { version: 1, data: ofWork },
  },
  oneOffs: { remind: { data: ofTask } },
  notifies: { reminder: { title: 'A task is due', channels: ['in-app', 'email'] } },
});

export type TasksContext = Context<typeof tasks.contract>;
