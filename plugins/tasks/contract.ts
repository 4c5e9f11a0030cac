import { type Context, declarePlugin } from '@task-connect/sdk';
import { z } from 'zod';
import { RoundPer, roundMinutes } from './statistics/rounding.ts';
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
  /** Whether it has reminders of its own. */
  hasReminders: z.boolean(),
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

/** That somebody means to work on a task from then to then. */
const PlanFacts = z.object({
  blockId: z.uuid(),
  taskId: taskId,
  person: z.uuid(),
  startsAt: z.string(),
  endsAt: z.string(),
});

const ofTask = z.object({ taskId });
const ofWork = z.object({ workLogId: z.uuid() });

export const tasks = declarePlugin({
  id: 'tasks',
  title: 'Tasks',
  hue: 'cobalt',
  icon: 'checkbox',
  paths: [
    '/tasks',
    '/projects',
    '/work-logs',
    '/planned-blocks',
    '/analytics/productivity',
    '/analytics/projects',
    '/reviews',
    '/task-feeds',
  ],
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
    roundTo: roundMinutes()
      .default(0)
      .describe('Minutes that tracked time is rounded up to in reports and files; 0: not at all'),
    roundPer: RoundPer.default('entry').describe('What is rounded: each entry, or what a day comes to'),
    timerFollowsStatus: z
      .boolean()
      .default(false)
      .describe(
        'Moving a task into “active” starts one’s timer, moving it out stops it; each person may choose otherwise',
      ),
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
    'task.planned': { version: 1, aggregate: 'blockId', data: PlanFacts },
    'task.unplanned': { version: 1, aggregate: 'blockId', data: PlanFacts },
  },
  handles: {
    'task.created': {
      version: 1,
      queue: 'task-created-queue',
      data: ofTask.extend({ due: When.nullable(), hasReminders: z.boolean().default(false) }),
    },
    'task.changed': { version: 1, data: ofTask.extend({ changed: z.array(z.string()) }) },
    'task.completed': { version: 1, data: ofTask },
    'task.reopened': { version: 1, data: ofTask },
    'task.deleted': { version: 1, data: ofTask },
    'project.updated': {
      version: 1,
      queue: 'project-updated-queue',
      data: z.object({ projectId: z.uuid(), changed: z.array(z.string()) }),
    },
    'work.logged': { version: 1, data: ofWork },
    'work.changed': { version: 1, data: ofWork },
    'work.deleted': { version: 1, data: ofWork },
  },
  uses: {
    // Whether somebody is in a booking at that time, and when it ends.
    'bookings.busy': {
      kind: 'query',
      optional: true,
      input: z.object({ person: z.uuid(), at: z.string() }),
      output: z.object({ until: z.string().nullable() }),
    },
  },
  // `from`: the first of the reminders that are told of by then.
  oneOffs: {
    remind: { data: ofTask.extend({ from: z.string().optional() }) },
    'tell-project': { data: z.object({ projectId: z.uuid() }) },
  },
  agenda: { due: { title: 'Due' }, planned: { title: 'Planned' } },
  notifies: {
    reminder: { title: 'A task is due', channels: ['in-app', 'email'] },
    'project-updated': { title: 'A project of yours was changed', channels: ['in-app'] },
  },
});

export type TasksContext = Context<typeof tasks.contract>;
