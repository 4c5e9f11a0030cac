import { statement, type Tx } from '@task-connect/sdk';
import type { Reminder } from '../task/reminders.ts';
import type { Status } from '../task/task.ts';

export type RemindedTask = {
  title: string;
  status: Status;
  due_on: string | null;
  due_at: string | null;
  due_zone: string | null;
  reminders: Reminder[] | null;
  assignee_id: string | null;
  created_by: string;
};

const find = statement<[organisation: string, id: string], RemindedTask>(
  'tasks.find-reminded-task',
  `select title, status, due_on, due_at, due_zone, reminders, assignee_id, created_by
   from task where organisation_id = $1 and id = $2`,
);

/** What a reminder needs to know of a task. */
export async function findRemindedTask(tx: Tx, organisation: string, id: string): Promise<RemindedTask | undefined> {
  const [row] = await tx.query(find, [organisation, id]);
  return row;
}

const hold = statement<[key: string], unknown>(
  'tasks.hold-reminder',
  'select pg_advisory_xact_lock(hashtextextended($1, 0))',
);

/** Nobody else plans the reminder of this task until the transaction ends. */
export async function holdReminder(tx: Tx, id: string): Promise<void> {
  await tx.query(hold, [`reminder ${id}`]);
}
