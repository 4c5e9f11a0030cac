import { statement, type Tx } from '@task-connect/sdk';
import type { RepeatsFrom } from '../recurrence/recurrence.ts';
import type { ChecklistItem } from './checklist.ts';
import type { Reminder } from './reminders.ts';
import { priorities, type Status, type Task } from './task.ts';
import { whenOfColumns } from './when.ts';

export type TaskRow = {
  id: string;
  title: string;
  notes: string;
  status: Status;
  priority: number;
  due_on: string | null;
  due_at: string | null;
  due_zone: string | null;
  start_on: string | null;
  start_at: string | null;
  start_zone: string | null;
  labels: string[];
  assignee_id: string | null;
  estimate_minutes: number | null;
  project_id: string | null;
  parent_id: string | null;
  remind_before_minutes: number | null;
  created_by: string;
  created_at: string;
  created_on: string;
  updated_at: string;
  completed_at: string | null;
  completed_on: string | null;
  completed_by: string | null;
  /** The rule by which it repeats; the rest of its series is there whether it still does or not. */
  repeat_rule: string | null;
  repeat_from: RepeatsFrom | null;
  series_on: string | null;
  series_time: string | null;
  series_zone: string | null;
  series_id: string | null;
  slot_on: string | null;
  checklist: ChecklistItem[];
  reminders: Reminder[] | null;
  position: number | null;
  import_key: string | null;
  version: number;
};

/** What a client or a clock decides; the rest is the database’s. */
export type TaskValues = Omit<TaskRow, 'id' | 'version'>;

const writtenColumns = [
  ...(['title', 'notes', 'status', 'priority', 'due_on', 'due_at', 'due_zone', 'start_on', 'start_at'] as const),
  ...(['start_zone', 'labels', 'assignee_id', 'estimate_minutes', 'project_id', 'parent_id'] as const),
  ...(['remind_before_minutes', 'created_by', 'created_at', 'created_on', 'updated_at', 'completed_at'] as const),
  ...(['completed_on', 'completed_by', 'repeat_rule', 'repeat_from', 'series_on', 'series_time'] as const),
  ...(['series_zone', 'series_id', 'slot_on', 'checklist', 'reminders', 'position', 'import_key'] as const),
] satisfies (keyof TaskValues)[];

export const taskColumns = `id, ${writtenColumns.join(', ')}, version`;

export const toTask = (row: TaskRow): Task => ({
  id: row.id,
  title: row.title,
  notes: row.notes,
  status: row.status,
  priority: priorities[row.priority]!,
  due: whenOfColumns({ on: row.due_on, at: row.due_at, zone: row.due_zone }),
  start: whenOfColumns({ on: row.start_on, at: row.start_at, zone: row.start_zone }),
  labels: row.labels,
  assignee: row.assignee_id,
  estimateMinutes: row.estimate_minutes,
  project: row.project_id,
  parent: row.parent_id,
  remindBeforeMinutes: row.remind_before_minutes,
  createdBy: row.created_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  completedAt: row.completed_at,
  recurrence:
    row.repeat_rule === null ? null : { rule: row.repeat_rule, from: row.repeat_from!, series: row.series_id! },
  checklist: row.checklist,
  reminders: row.reminders,
  position: row.position,
  version: row.version,
});

type Values = [organisation: string, ...values: unknown[]];

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

const valuesOf = (organisation: string, task: TaskValues): Values => [
  organisation,
  ...writtenColumns.map((column) =>
    column === 'checklist' || column === 'reminders' ? json(task[column]) : task[column],
  ),
];

const places = writtenColumns.map((_, index) => `$${index + 2}`);
const insertText = `insert into task (organisation_id, ${writtenColumns.join(', ')}) values ($1, ${places.join(', ')})`;

const insert = statement<Values, TaskRow>('tasks.insert-task', `${insertText} returning ${taskColumns}`);

export async function insertTask(tx: Tx, organisation: string, task: TaskValues): Promise<TaskRow> {
  const [row] = await tx.query(insert, valuesOf(organisation, task));
  return row!;
}

// That an occurrence is made once is held here, whoever makes it and on how many devices.
const insertNext = statement<Values, TaskRow>(
  'tasks.insert-occurrence',
  `${insertText} on conflict (organisation_id, series_id, slot_on) where series_id is not null do nothing
   returning ${taskColumns}`,
);

/** Adds an occurrence of a series, unless it is there. */
export async function insertOccurrence(tx: Tx, organisation: string, task: TaskValues): Promise<TaskRow | undefined> {
  const [row] = await tx.query(insertNext, valuesOf(organisation, task));
  return row;
}

const untouchedAfter = statement<[organisation: string, series: string, slot: string], TaskRow>(
  'tasks.untouched-occurrence-after',
  `select ${taskColumns} from task where organisation_id = $1 and series_id = $2 and slot_on > $3 and version = 1
     and status = 'open' and not exists (select from work_log w where w.organisation_id = $1 and w.task_id = task.id)
   order by slot_on limit 1 for update`,
);

/** The next occurrence of a series, if nobody has touched it since it was made; locked. */
export async function untouchedOccurrenceAfter(tx: Tx, organisation: string, series: string, slot: string) {
  const [row] = await tx.query(untouchedAfter, [organisation, series, slot]);
  return row;
}

const update = statement<Values, TaskRow>(
  'tasks.update-task',
  `update task set ${writtenColumns.map((column, index) => `${column} = $${index + 2}`).join(', ')},
     version = version + 1
   where organisation_id = $1 and id = $${writtenColumns.length + 2}
   returning ${taskColumns}`,
);

/** Writes all of a row that is locked. */
export async function updateTask(tx: Tx, organisation: string, task: TaskRow): Promise<TaskRow> {
  const [row] = await tx.query(update, [...valuesOf(organisation, task), task.id]);
  return row!;
}

const find = statement<[organisation: string, id: string], TaskRow>(
  'tasks.find-task',
  `select ${taskColumns} from task where organisation_id = $1 and id = $2`,
);

export async function findTask(tx: Tx, organisation: string, id: string): Promise<TaskRow | undefined> {
  const [row] = await tx.query(find, [organisation, id]);
  return row;
}

// “no key update” leaves others free to hang a subtask or a work log on the row meanwhile.
const lock = statement<[organisation: string, ids: string[]], TaskRow>(
  'tasks.lock-tasks',
  `select ${taskColumns} from task where organisation_id = $1 and id = any($2::uuid[])
   order by id for no key update`,
);

/** The tasks with these ids, locked until the transaction ends; in the order of their ids, so that two never wait for each other. */
export const lockTasks = (tx: Tx, organisation: string, ids: readonly string[]): Promise<TaskRow[]> =>
  tx.query(lock, [organisation, [...ids]]);

const remove = statement<[organisation: string, id: string], unknown>(
  'tasks.delete-task',
  'delete from task where organisation_id = $1 and id = $2',
);

export async function deleteTask(tx: Tx, organisation: string, id: string): Promise<void> {
  await tx.query(remove, [organisation, id]);
}

const lockBelow = statement<[organisation: string, id: string], TaskRow>(
  'tasks.lock-task-and-subtasks',
  `select ${taskColumns} from task where organisation_id = $1 and (id = $2 or parent_id = $2)
   order by id for no key update`,
);

/** A task and those that hang below it, all locked. */
export async function lockWithSubtasks(tx: Tx, organisation: string, id: string) {
  const rows = await tx.query(lockBelow, [organisation, id]);
  return { task: rows.find((row) => row.id === id), subtasks: rows.filter((row) => row.id !== id) };
}
