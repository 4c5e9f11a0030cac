import { statement, type Tx } from '@task-connect/sdk';

export type News = { since: string; changed: string[]; actors: string[] };

type ByProject = [organisation: string, project: string];

const gather = statement<[...ByProject, at: string, changed: string[], actors: string[]], { since: string }>(
  'tasks.gather-project-news',
  `insert into project_news as n (organisation_id, project_id, since, changed, actors) values ($1, $2, $3, $4, $5)
   on conflict (organisation_id, project_id) do update set
     changed = array(select distinct unnest(n.changed || excluded.changed)),
     actors = array(select distinct unnest(n.actors || excluded.actors))
   returning since`,
);

/** Adds to what a project’s members will be told; since when they have not been. */
export async function gatherNews(tx: Tx, by: ByProject, at: string, changed: string[], actors: string[]) {
  const [row] = await tx.query(gather, [...by, at, changed, actors]);
  return row!.since;
}

const take = statement<ByProject, News>(
  'tasks.take-project-news',
  `delete from project_news where organisation_id = $1 and project_id = $2 returning since, changed, actors`,
);

/** What they are to be told now; it is told once. */
export async function takeNews(tx: Tx, ...by: ByProject): Promise<News | undefined> {
  const [row] = await tx.query(take, by);
  return row;
}
