import { line, PageQuery, pageOf, text, zone } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';
import { NewRecurrence, Recurrence } from '../recurrence/recurrence.ts';
import { WorkLog } from '../work-log/work-log.ts';
import { Checklist, ChecklistItem } from './checklist.ts';
import { minutesBefore, Reminder, Reminders } from './reminders.ts';
import { Day, NewWhen, When } from './when.ts';

/** `active`: somebody works on it. `waiting`: it waits for something outside. `done` and `cancelled` are over. */
export const statuses = ['open', 'active', 'waiting', 'done', 'cancelled'] as const;
export const Status = z.enum(statuses);
export type Status = z.infer<typeof Status>;

export const isOver = (status: Status): boolean => status === 'done' || status === 'cancelled';

export const priorities = ['none', 'low', 'medium', 'high'] as const;
export const Priority = z.enum(priorities);
export type Priority = z.infer<typeof Priority>;

export const Task = z.object({
  id: z.uuid(),
  title: z.string(),
  notes: z.string(),
  status: Status,
  priority: Priority,
  due: When.nullable(),
  start: When.nullable(),
  labels: z.array(z.string()),
  assignee: z.uuid().nullable(),
  estimateMinutes: z.int().nullable(),
  project: z.uuid().nullable(),
  parent: z.uuid().nullable(),
  remindBeforeMinutes: z.int().nullable().describe('Where there is one reminder, by minutes; else see `reminders`'),
  recurrence: Recurrence.nullable(),
  checklist: z.array(ChecklistItem),
  reminders: z.array(Reminder).nullable().describe('null: the one of the settings; empty: none'),
  position: z.number().nullable().describe('An order by hand; the lower the earlier'),
  createdBy: z.uuid(),
  createdAt: z.string(),
  updatedAt: z.string(),
  completedAt: z.string().nullable(),
  version: z.int(),
});
export type Task = z.infer<typeof Task>;

const label = () => line(50).overwrite((value) => value.normalize('NFC'));
const labels = () =>
  z
    .array(label())
    .max(30)
    .overwrite((values) => [...new Set(values)]);
const notes = () => text(100_000);
const estimateMinutes = () => z.int().min(1).max(525_600);
const remindBeforeMinutes = () =>
  minutesBefore().describe('One reminder so long before the due time; `reminders` goes before it');
const position = () => z.number().min(-1e15).max(1e15);

export const NewTask = z.strictObject({
  title: line(500),
  notes: notes().default(''),
  status: Status.default('open'),
  priority: Priority.default('none'),
  due: NewWhen.nullable().default(null),
  start: NewWhen.nullable().default(null),
  labels: labels().default([]),
  assignee: Id().nullable().default(null),
  estimateMinutes: estimateMinutes().nullable().default(null),
  project: Id().nullable().default(null),
  parent: Id().nullable().default(null),
  remindBeforeMinutes: remindBeforeMinutes().nullable().default(null),
  recurrence: NewRecurrence.nullable().default(null),
  checklist: Checklist().default([]),
  reminders: Reminders().nullable().optional(),
  position: position().nullable().default(null),
});
export type NewTask = z.infer<typeof NewTask>;

/** What is absent stays as it is; null clears. */
export const TaskPatch = z.strictObject({
  title: line(500).optional(),
  notes: notes().nullable().optional(),
  status: Status.optional(),
  priority: Priority.optional(),
  due: NewWhen.nullable().optional(),
  start: NewWhen.nullable().optional(),
  labels: labels().nullable().optional(),
  assignee: Id().nullable().optional(),
  estimateMinutes: estimateMinutes().nullable().optional(),
  project: Id().nullable().optional(),
  parent: Id().nullable().optional(),
  remindBeforeMinutes: remindBeforeMinutes().nullable().optional(),
  recurrence: NewRecurrence.nullable().optional(),
  checklist: Checklist().nullable().optional(),
  reminders: Reminders().nullable().optional(),
  position: position().nullable().optional(),
});
export type TaskPatch = z.infer<typeof TaskPatch>;

/** One change of many tasks; labels can also be added and taken away, whatever else each of them carries. */
export const BulkChange = TaskPatch.omit({ title: true, notes: true, checklist: true, position: true }).extend({
  addLabels: labels().optional(),
  removeLabels: labels().optional(),
});
export type BulkChange = z.infer<typeof BulkChange>;

export const BulkRequest = z.strictObject({
  ids: z
    .array(Id())
    .min(1)
    .max(200)
    .overwrite((ids) => [...new Set(ids)]),
  change: BulkChange,
});

export const BulkAnswer = z.object({ items: z.array(Task) });

const statusList = z
  .array(z.string().max(60))
  .transform((values) => values.flatMap((value) => value.split(',')))
  .pipe(z.array(Status))
  .describe('One status or several, repeated or divided by commas: open, active, waiting, done, cancelled');

export const sorts = ['created', 'updated', 'due', 'priority', 'title', 'position'] as const;
export const Sort = z
  .enum([...sorts, '-created', '-updated', '-due', '-priority', '-title', '-position'])
  .describe(
    'What to sort by; “-” in front turns the order round. By “due”, tasks without a due date come last, by “-due” first',
  );
export type Sort = z.infer<typeof Sort>;

const personOr = (...words: [string, ...string[]]) => z.union([Id(), z.enum(words)]);

export const TaskQuery = PageQuery.extend({
  status: statusList.optional(),
  project: personOr('none').optional().describe('A project’s id, or “none”'),
  parent: personOr('none').optional().describe('A task’s id for its subtasks, or “none”'),
  assignee: personOr('me', 'none').optional().describe('A person’s id, “me” or “none”'),
  label: label().optional(),
  text: text(200).optional().describe('Words that stand in the title or the notes'),
  dueBefore: Day().optional().describe('Due on an earlier day than this'),
  dueAfter: Day().optional().describe('Due on a later day than this'),
  sort: Sort.default('-created'),
});
export type TaskQuery = z.infer<typeof TaskQuery>;

export const TaskPage = pageOf(Task);

export const TodayQuery = z.strictObject({
  zone: zone().optional().describe('The zone whose day is meant; your own when left out'),
});

/**
 * A person’s day: what was due before, what is due in it, what has begun or is being worked on. A task stands in the
 * first list that it fits. It is a person’s when it is assigned to them, or to nobody and they made it.
 */
export const Today = z.object({
  date: z.iso.date(),
  zone: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  overdue: z.array(Task),
  due: z.array(Task),
  started: z.array(Task),
  running: WorkLog.nullable(),
  more: z.boolean().describe('There are more than are listed here'),
});
export type Today = z.infer<typeof Today>;
