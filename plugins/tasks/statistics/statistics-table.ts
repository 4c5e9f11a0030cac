import { statement, type Tx } from '@task-connect/sdk';
import type { DayCounts, TaskFacts, WorkFacts } from './day-counts.ts';

type ById = [organisation: string, id: string];

// Who counts one thing holds that thing, so that two events of it at once do not both count its whole, and shares the
// organisation, which making anew holds alone.
const holdOne = statement<[organisation: string, one: string], unknown>(
  'tasks.hold-one-statistic',
  `select pg_advisory_xact_lock_shared(hashtextextended($1, 0)), pg_advisory_xact_lock(hashtextextended($2, 0))`,
);
const holdAll = statement<[organisation: string], unknown>(
  'tasks.hold-all-statistics',
  'select pg_advisory_xact_lock(hashtextextended($1, 0))',
);

/** Nobody else counts this task or work until the transaction ends. */
export async function holdStatistic(tx: Tx, organisation: string, id: string): Promise<void> {
  await tx.query(holdOne, [`statistics ${organisation}`, `statistics ${id}`]);
}

/** Nobody else counts anything of the organisation until the transaction ends. */
export async function holdStatistics(tx: Tx, organisation: string): Promise<void> {
  await tx.query(holdAll, [`statistics ${organisation}`]);
}

const factsOfTask = `created_by, created_on, completed_by, completed_on, responsible_id,
  case when status <> 'cancelled' then due_on end as due_on`;
const factsOfWork = 'person_id, local_date as day, seconds';
const countedOfTask = 'created_by, created_on, completed_by, completed_on, responsible_id, due_on';

const taskNow = statement<ById, TaskFacts>(
  'tasks.statistics-task-now',
  `select ${factsOfTask} from task where organisation_id = $1 and id = $2`,
);
const taskCounted = statement<ById, TaskFacts>(
  'tasks.statistics-task-counted',
  `select ${countedOfTask} from statistics_task where organisation_id = $1 and task_id = $2 for update`,
);
const workNow = statement<ById, WorkFacts>(
  'tasks.statistics-work-now',
  `select ${factsOfWork} from work_log where organisation_id = $1 and id = $2 and ended_at is not null`,
);
const workCounted = statement<ById, WorkFacts>(
  'tasks.statistics-work-counted',
  'select person_id, day, seconds from statistics_work where organisation_id = $1 and work_log_id = $2 for update',
);

const first = <Row>(rows: Row[]): Row | undefined => rows[0];

/** The task as it is, and as it was counted last. */
export async function factsOfTaskNow(tx: Tx, ...by: ById) {
  const before = first(await tx.query(taskCounted, by));
  return { before, now: first(await tx.query(taskNow, by)) };
}

/** The work as it is, and as it was counted last. */
export async function factsOfWorkNow(tx: Tx, ...by: ById) {
  const before = first(await tx.query(workCounted, by));
  return { before, now: first(await tx.query(workNow, by)) };
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

const add = statement<
  [
    organisation: string,
    person: string,
    day: string,
    created: number,
    completed: number,
    due: number,
    met: number,
    trackedSeconds: number,
  ],
  unknown
>(
  'tasks.add-to-statistics-day',
  `insert into statistics_day as d (organisation_id, person_id, day, created, completed, due, met, tracked_seconds)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (organisation_id, person_id, day) do update set created = d.created + excluded.created,
     completed = d.completed + excluded.completed, due = d.due + excluded.due, met = d.met + excluded.met,
     tracked_seconds = d.tracked_seconds + excluded.tracked_seconds`,
);

/** Adds to the counts of days; an addend may be below zero. */
export async function addToDays(tx: Tx, organisation: string, addends: readonly DayCounts[]): Promise<void> {
  for (const { person, day, created, completed, due, met, trackedSeconds } of addends) {
    await tx.query(add, [organisation, person, day, created, completed, due, met, trackedSeconds]);
  }
}

const countAnew = ['day', 'task', 'work'].map((name) =>
  statement<[organisation: string], unknown>(
    `tasks.clear-statistics-${name}`,
    `delete from statistics_${name} where organisation_id = $1`,
  ),
);
const copyTasks = statement<[organisation: string], unknown>(
  'tasks.copy-statistics-task',
  `insert into statistics_task (organisation_id, task_id, ${countedOfTask})
   select organisation_id, id, ${factsOfTask} from task where organisation_id = $1`,
);
const copyWork = statement<[organisation: string], unknown>(
  'tasks.copy-statistics-work',
  `insert into statistics_work (organisation_id, work_log_id, person_id, day, seconds)
   select organisation_id, id, ${factsOfWork} from work_log where organisation_id = $1 and ended_at is not null`,
);
// The rules of day-counts.ts once more, as one statement over all rows; a property test holds the two together.
const sumDays = statement<[organisation: string], unknown>(
  'tasks.sum-statistics-day',
  `insert into statistics_day (organisation_id, person_id, day, created, completed, due, met, tracked_seconds)
   select $1, person, day, sum(created), sum(completed), sum(due), sum(met), sum(seconds) from (
     select created_by as person, created_on as day, 1 as created, 0 as completed, 0 as due, 0 as met, 0 as seconds
     from statistics_task where organisation_id = $1
     union all
     select completed_by, completed_on, 0, 1, 0, 0, 0 from statistics_task
     where organisation_id = $1 and completed_on is not null
     union all
     select responsible_id, due_on, 0, 0, 1, case when completed_on <= due_on then 1 else 0 end, 0 from statistics_task
     where organisation_id = $1 and due_on is not null
     union all
     select person_id, day, 0, 0, 0, 0, seconds from statistics_work where organisation_id = $1
   ) as counted group by person, day`,
);

/** Counts all tasks and all work of an organisation anew. */
export async function countAllAnew(tx: Tx, organisation: string): Promise<void> {
  for (const step of [...countAnew, copyTasks, copyWork, sumDays]) await tx.query(step, [organisation]);
}

export type DayRow = {
  day: string;
  created: number;
  completed: number;
  due: number;
  met: number;
  tracked_seconds: number;
};

const days = statement<[organisation: string, person: string, from: string, to: string], DayRow>(
  'tasks.statistics-days',
  `select day, created, completed, due, met, tracked_seconds from statistics_day
   where organisation_id = $1 and person_id = $2 and day between $3 and $4 order by day`,
);

/** The counted days of a person from `from` to `to`; days on which nothing was counted are left out. */
export const daysOf = (tx: Tx, owner: { organisation: string; person: string }, from: string, to: string) =>
  tx.query(days, [owner.organisation, owner.person, from, to]);

const completedOn = statement<[organisation: string, person: string], { day: string }>(
  'tasks.statistics-completed-on',
  `select day from statistics_day where organisation_id = $1 and person_id = $2 and completed > 0 order by day`,
);

/** The days on which a person completed something. */
export async function daysWithCompleted(tx: Tx, owner: { organisation: string; person: string }): Promise<string[]> {
  return (await tx.query(completedOn, [owner.organisation, owner.person])).map(({ day }) => day);
}
