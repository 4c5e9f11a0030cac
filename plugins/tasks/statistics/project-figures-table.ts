import { statement, type Tx } from '@task-connect/sdk';

export type FiguresRow = {
  id: string;
  parent_id: string | null;
  name: string;
  archived: boolean;
  tasks: number;
  done: number;
  overdue: number;
  estimated: number;
  tracked: number;
};

const below = statement<[organisation: string, project: string, today: string], FiguresRow>(
  'tasks.project-figures',
  `with recursive tree as (
     select id, parent_id, name, archived_at, 1 as depth from project where organisation_id = $1 and id = $2
     union all
     select p.id, p.parent_id, p.name, p.archived_at, depth + 1 from project p join tree on p.parent_id = tree.id
     where p.organisation_id = $1 and depth < 100
   )
   select tree.id, tree.parent_id, tree.name, tree.archived_at is not null as archived, coalesce(t.tasks, 0) as tasks,
     coalesce(t.done, 0) as done, coalesce(t.overdue, 0) as overdue, coalesce(t.estimated, 0) as estimated,
     coalesce(w.tracked, 0)::bigint as tracked
   from tree left join lateral (
     select count(*) filter (where status <> 'cancelled') as tasks, count(*) filter (where status = 'done') as done,
       count(*) filter (where completed_on is null and due_on < $3) as overdue,
       sum(estimate_minutes) filter (where status <> 'cancelled') * 60 as estimated
     from statistics_task where organisation_id = $1 and project_id = tree.id
   ) t on true left join lateral (
     select sum(seconds) as tracked from statistics_work where organisation_id = $1 and project_id = tree.id
   ) w on true
   order by lower(tree.name), tree.id`,
);

/** The figures of a project and of all that lie in it, each by itself. */
export const figuresBelow = (tx: Tx, organisation: string, project: string, today: string) =>
  tx.query(below, [organisation, project, today]);

const named = statement<[organisation: string, ids: string[]], { id: string; name: string }>(
  'tasks.project-names',
  'select id, name from project where organisation_id = $1 and id = any($2::uuid[])',
);

/** The names of projects that are still there. */
export async function projectNames(tx: Tx, organisation: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query(named, [organisation, [...ids]]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
