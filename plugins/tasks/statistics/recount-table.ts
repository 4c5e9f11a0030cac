import { statement, type Tx } from '@task-connect/sdk';
import { noProject } from './day-counts.ts';
import { countedOfTask, countedOfWork, endedWork, factsOfTask, factsOfWork } from './fact-table.ts';

// Counting, one at a time or all anew, without counting anything twice.

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

const clear = ['project_day', 'task', 'work'].map((name) =>
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
  `insert into statistics_work (organisation_id, work_log_id, ${countedOfWork})
   select w.organisation_id, w.id, ${factsOfWork} from ${endedWork}`,
);
// The rules of day-counts.ts once more, as one statement over all rows; a property test holds the two together.
const sumDays = statement<[organisation: string], unknown>(
  'tasks.sum-statistics-day',
  `insert into statistics_project_day (organisation_id, person_id, day, project_id, created, completed, due, met, tracked_seconds)
   select $1, person, day, coalesce(project_id, '${noProject}'), sum(created), sum(completed), sum(due), sum(met), sum(seconds)
   from (
     select project_id, created_by as person, created_on as day,
       1 as created, 0 as completed, 0 as due, 0 as met, 0 as seconds
     from statistics_task where organisation_id = $1
     union all
     select project_id, completed_by, completed_on, 0, 1, 0, 0, 0 from statistics_task
     where organisation_id = $1 and completed_on is not null
     union all
     select project_id, responsible_id, due_on, 0, 0, 1, case when completed_on <= due_on then 1 else 0 end, 0
     from statistics_task where organisation_id = $1 and due_on is not null
     union all
     select project_id, person_id, day, 0, 0, 0, 0, seconds from statistics_work where organisation_id = $1
   ) as counted group by person, day, project_id`,
);

/** Counts all tasks and all work of an organisation anew. */
export async function countAllAnew(tx: Tx, organisation: string): Promise<void> {
  for (const step of [...clear, copyTasks, copyWork, sumDays]) await tx.query(step, [organisation]);
}
