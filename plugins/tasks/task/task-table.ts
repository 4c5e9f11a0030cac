import { statement, type Tx } from '@task-connect/sdk';
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
  version: number;
};

export const taskColumns = `id, title, notes, status, priority, due_on, due_at, due_zone, start_on, start_at, start_zone,
  labels, assignee_id, estimate_minutes, project_id, parent_id, remind_before_minutes, created_by, created_at, created_on,
  updated_at, completed_at, completed_on, completed_by, version`;

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
  version: row.version,
});

/** What a client or a clock decides; the rest is the database’s. */
export type TaskValues = Omit<TaskRow, 'id' | 'version'>;

type Values = [
  organisation: string,
  title: string,
  notes: string,
  status: Status,
  priority: number,
  dueOn: string | null,
  dueAt: string | null,
  dueZone: string | null,
  startOn: string | null,
  startAt: string | null,
  startZone: string | null,
  labels: string[],
  assignee: string | null,
  estimateMinutes: number | null,
  project: string | null,
  parent: string | null,
  remindBeforeMinutes: number | null,
  createdBy: string,
  createdAt: string,
  createdOn: string,
  updatedAt: string,
  completedAt: string | null,
  completedOn: string | null,
  completedBy: string | null,
];

const valuesOf = (organisation: string, task: TaskValues): Values => [
  organisation,
  task.title,
  task.notes,
  task.status,
  task.priority,
  task.due_on,
  task.due_at,
  task.due_zone,
  task.start_on,
  task.start_at,
  task.start_zone,
  task.labels,
  task.assignee_id,
  task.estimate_minutes,
  task.project_id,
  task.parent_id,
  task.remind_before_minutes,
  task.created_by,
  task.created_at,
  task.created_on,
  task.updated_at,
  task.completed_at,
  task.completed_on,
  task.completed_by,
];

const insert = statement<Values, TaskRow>(
  'tasks.insert-task',
  `insert into task (organisation_id, title, notes, status, priority, due_on, due_at, due_zone, start_on, start_at,
     start_zone, labels, assignee_id, estimate_minutes, project_id, parent_id, remind_before_minutes, created_by,
     created_at, created_on, updated_at, completed_at, completed_on, completed_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
   returning ${taskColumns}`,
);

export async function insertTask(tx: Tx, organisation: string, task: TaskValues): Promise<TaskRow> {
  const [row] = await tx.query(insert, valuesOf(organisation, task));
  return row!;
}

const update = statement<[...Values, id: string], TaskRow>(
  'tasks.update-task',
  `update task set title = $2, notes = $3, status = $4, priority = $5, due_on = $6, due_at = $7, due_zone = $8,
     start_on = $9, start_at = $10, start_zone = $11, labels = $12, assignee_id = $13, estimate_minutes = $14,
     project_id = $15, parent_id = $16, remind_before_minutes = $17, created_by = $18, created_at = $19,
     created_on = $20, updated_at = $21, completed_at = $22, completed_on = $23, completed_by = $24,
     version = version + 1
   where organisation_id = $1 and id = $25
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
