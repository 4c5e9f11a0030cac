import { statement, type Tx } from '@task-connect/sdk';

type ByProject = [organisation: string, project: string];
type Of = [...ByProject, person: string];

const add = statement<[...Of, at: string], { person_id: string }>(
  'tasks.add-project-member',
  `insert into project_member (organisation_id, project_id, person_id, added_at) values ($1, $2, $3, $4)
   on conflict (organisation_id, project_id, person_id) do nothing returning person_id`,
);

/** Adds somebody to a project; whether they were not in it. */
export async function addMember(tx: Tx, at: string, ...of: Of): Promise<boolean> {
  return (await tx.query(add, [...of, at])).length > 0;
}

const remove = statement<Of, { person_id: string }>(
  'tasks.remove-project-member',
  `delete from project_member where organisation_id = $1 and project_id = $2 and person_id = $3 returning person_id`,
);

/** Takes somebody out of a project; whether they were in it. */
export async function removeMember(tx: Tx, ...of: Of): Promise<boolean> {
  return (await tx.query(remove, of)).length > 0;
}

const list = statement<ByProject, { person: string; addedAt: string }>(
  'tasks.project-members',
  `select person_id as person, added_at as "addedAt" from project_member where organisation_id = $1 and project_id = $2
   order by added_at, person_id`,
);

/** Who belongs to a project, the longest first. */
export const membersOf = (tx: Tx, ...by: ByProject) => tx.query(list, by);
