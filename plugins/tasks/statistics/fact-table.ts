import { statement, type Tx } from '@task-connect/sdk';
import type { TaskFacts, WorkFacts } from './day-counts.ts';

// What has been counted of each task and each piece of work, beside what is true of it now.

type ById = [organisation: string, id: string];

export const factsOfTask = `created_by, created_on, completed_by, completed_on, responsible_id,
  case when status <> 'cancelled' then due_on end as due_on`;
export const factsOfWork = 'person_id, local_date as day, seconds';
export const countedOfTask = 'created_by, created_on, completed_by, completed_on, responsible_id, due_on';

const taskNow = statement<ById, TaskFacts>(
  'tasks.statistics-task-now',
  `select ${factsOfTask} from task where organisation_id = $1 and id = $2`,
);
const taskCounted = statement<ById, TaskFacts>(
  'tasks.statistics-task-counted',
  `select ${countedOfTask} from statistics_task where organisation_id = $1 and task_id = $2`,
);
const workNow = statement<ById, WorkFacts>(
  'tasks.statistics-work-now',
  `select ${factsOfWork} from work_log where organisation_id = $1 and id = $2 and ended_at is not null`,
);
const workCounted = statement<ById, WorkFacts>(
  'tasks.statistics-work-counted',
  'select person_id, day, seconds from statistics_work where organisation_id = $1 and work_log_id = $2',
);

/** The task as it is, and as it was counted last. */
export async function factsOfTaskNow(tx: Tx, ...by: ById) {
  const [before, now] = await Promise.all([tx.query(taskCounted, by), tx.query(taskNow, by)]);
  return { before: before[0], now: now[0] };
}

/** The work as it is, and as it was counted last. */
export async function factsOfWorkNow(tx: Tx, ...by: ById) {
  const [before, now] = await Promise.all([tx.query(workCounted, by), tx.query(workNow, by)]);
  return { before: before[0], now: now[0] };
}

const keepTask = statement<
  [
    ...ById,
    createdBy: string,
    createdOn: string,
    completedBy: string | null,
    completedOn: string | null,
    responsible: string,
    dueOn: string | null,
  ],
  unknown
>(
  'tasks.keep-statistics-task',
  `insert into statistics_task (organisation_id, task_id, ${countedOfTask}) values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (organisation_id, task_id) do update set created_by = excluded.created_by,
     created_on = excluded.created_on, completed_by = excluded.completed_by, completed_on = excluded.completed_on,
     responsible_id = excluded.responsible_id, due_on = excluded.due_on`,
);
const forgetTask = statement<ById, unknown>(
  'tasks.forget-statistics-task',
  'delete from statistics_task where organisation_id = $1 and task_id = $2',
);

/** Notes what has been counted of a task; undefined: nothing any more. */
export async function noteTask(tx: Tx, organisation: string, id: string, facts: TaskFacts | undefined): Promise<void> {
  if (!facts) await tx.query(forgetTask, [organisation, id]);
  else {
    const { created_by, created_on, completed_by, completed_on, responsible_id, due_on } = facts;
    const values = [created_by, created_on, completed_by, completed_on, responsible_id, due_on] as const;
    await tx.query(keepTask, [organisation, id, ...values]);
  }
}

const keepWork = statement<[...ById, person: string, day: string, seconds: number], unknown>(
  'tasks.keep-statistics-work',
  `insert into statistics_work (organisation_id, work_log_id, person_id, day, seconds) values ($1, $2, $3, $4, $5)
   on conflict (organisation_id, work_log_id) do update set person_id = excluded.person_id, day = excluded.day,
     seconds = excluded.seconds`,
);
const forgetWork = statement<ById, unknown>(
  'tasks.forget-statistics-work',
  'delete from statistics_work where organisation_id = $1 and work_log_id = $2',
);

/** Notes what has been counted of work; undefined: nothing any more. */
export async function noteWork(tx: Tx, organisation: string, id: string, facts: WorkFacts | undefined): Promise<void> {
  if (!facts) await tx.query(forgetWork, [organisation, id]);
  else await tx.query(keepWork, [organisation, id, facts.person_id, facts.day, facts.seconds]);
}
