import { statement, type Tx } from '@task-connect/sdk';

export type EstimateRow = { project_id: string; tasks: number; estimated: number; tracked: number };

const estimates = statement<[organisation: string, person: string, from: string, to: string], EstimateRow>(
  'tasks.statistics-estimates',
  `select coalesce(t.project_id, '00000000-0000-0000-0000-000000000000') as project_id, count(*) as tasks,
     sum(t.estimate_minutes) * 60 as estimated, coalesce(sum(w.seconds), 0)::bigint as tracked
   from statistics_task t left join lateral (
     select sum(seconds) as seconds from statistics_work
     where organisation_id = t.organisation_id and task_id = t.task_id
   ) w on true
   where t.organisation_id = $1 and t.completed_by = $2 and t.completed_on between $3 and $4
     and t.estimate_minutes is not null
   group by 1`,
);

/** Of what a person completed then and had estimated: how long it was meant to take, and how long it took everybody. */
export const estimatesOf = (tx: Tx, owner: { organisation: string; person: string }, from: string, to: string) =>
  tx.query(estimates, [owner.organisation, owner.person, from, to]);
