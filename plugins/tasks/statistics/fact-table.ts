import { statement, type Tx } from '@task-connect/sdk';
import type { TaskFacts, WorkFacts } from './day-counts.ts';

// What has been counted of each task and each piece of work, beside what is true of it now.

type ById = [organisation: string, id: string];

const taskFields = [
  ...(['created_by', 'created_on', 'completed_by', 'completed_on', 'responsible_id', 'due_on'] as const),
  ...(['project_id', 'estimate_minutes', 'status'] as const),
] satisfies (keyof TaskFacts)[];
const workFields = ['person_id', 'day', 'seconds', 'task_id', 'project_id'] satisfies (keyof WorkFacts)[];

export const countedOfTask = taskFields.join(', ');
export const countedOfWork = workFields.join(', ');

export const factsOfTask = `created_by, created_on, completed_by, completed_on, responsible_id,
  case when status <> 'cancelled' then due_on end as due_on, project_id, estimate_minutes, status`;
/** Of work that has ended; its project is that of its task now. */
export const factsOfWork = `w.person_id, w.local_date as day, w.seconds, w.task_id, t.project_id`;
export const endedWork = `work_log w left join task t on t.organisation_id = w.organisation_id and t.id = w.task_id
  where w.organisation_id = $1 and w.ended_at is not null`;

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
  `select ${factsOfWork} from ${endedWork} and w.id = $2`,
);
const workCounted = statement<ById, WorkFacts>(
  'tasks.statistics-work-counted',
  `select ${countedOfWork} from statistics_work where organisation_id = $1 and work_log_id = $2`,
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

const workOfTask = statement<ById, { id: string }>(
  'tasks.statistics-work-of-task',
  `select id from work_log where organisation_id = $1 and task_id = $2
   union select work_log_id from statistics_work where organisation_id = $1 and task_id = $2 order by 1`,
);

/** The work that was done for a task, or was counted as such; in one order, so that two never wait for each other. */
export async function workIdsOfTask(tx: Tx, ...by: ById): Promise<string[]> {
  return (await tx.query(workOfTask, by)).map(({ id }) => id);
}

/** A statement that keeps `fields` of the row that `id` names. */
const keeping = (table: string, id: string, fields: readonly string[]) =>
  `insert into ${table} (organisation_id, ${id}, ${fields.join(', ')})
   values ($1, $2, ${fields.map((_, index) => `$${index + 3}`).join(', ')})
   on conflict (organisation_id, ${id}) do update set ${fields.map((name) => `${name} = excluded.${name}`).join(', ')}`;

type Kept = [...ById, ...values: unknown[]];
const keepTask = statement<Kept, unknown>(
  'tasks.keep-statistics-task',
  keeping('statistics_task', 'task_id', taskFields),
);
const forgetTask = statement<ById, unknown>(
  'tasks.forget-statistics-task',
  'delete from statistics_task where organisation_id = $1 and task_id = $2',
);

/** Notes what has been counted of a task; undefined: nothing any more. */
export async function noteTask(tx: Tx, organisation: string, id: string, facts: TaskFacts | undefined): Promise<void> {
  if (!facts) await tx.query(forgetTask, [organisation, id]);
  else await tx.query(keepTask, [organisation, id, ...taskFields.map((name) => facts[name])]);
}

const keepWork = statement<Kept, unknown>(
  'tasks.keep-statistics-work',
  keeping('statistics_work', 'work_log_id', workFields),
);
const forgetWork = statement<ById, unknown>(
  'tasks.forget-statistics-work',
  'delete from statistics_work where organisation_id = $1 and work_log_id = $2',
);

/** Notes what has been counted of work; undefined: nothing any more. */
export async function noteWork(tx: Tx, organisation: string, id: string, facts: WorkFacts | undefined): Promise<void> {
  if (!facts) await tx.query(forgetWork, [organisation, id]);
  else await tx.query(keepWork, [organisation, id, ...workFields.map((name) => facts[name])]);
}
