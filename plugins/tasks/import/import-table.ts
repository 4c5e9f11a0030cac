import { statement, type Tx } from '@task-connect/sdk';

type ByKeys = [organisation: string, keys: string[]];

const known = ['task', 'project'].map((table) =>
  statement<ByKeys, { key: string; id: string }>(
    `tasks.imported-${table}`,
    `select import_key as key, id from ${table} where organisation_id = $1 and import_key = any($2::text[])`,
  ),
);

const toMap = (rows: { key: string; id: string }[]) => new Map(rows.map(({ key, id }) => [key, id]));

/** The tasks that came in earlier, by their keys. */
export const importedTasks = async (tx: Tx, organisation: string, keys: string[]) =>
  toMap(await tx.query(known[0]!, [organisation, keys]));

/** The projects that came in earlier. */
export const importedProjects = async (tx: Tx, organisation: string, keys: string[]) =>
  toMap(await tx.query(known[1]!, [organisation, keys]));

const named = statement<[organisation: string, parent: string | null, names: string[]], { key: string; id: string }>(
  'tasks.projects-by-name',
  `select distinct on (name) name as key, id from project
   where organisation_id = $1 and parent_id is not distinct from $2 and name = any($3::text[]) and archived_at is null
   order by name, id`,
);

/** Projects below `parent` that are there under these names. */
export const projectsNamed = async (tx: Tx, organisation: string, parent: string | null, names: string[]) =>
  toMap(await tx.query(named, [organisation, parent, names]));

const mark = statement<[organisation: string, id: string, key: string], unknown>(
  'tasks.mark-imported-project',
  'update project set import_key = $3 where organisation_id = $1 and id = $2',
);

export async function markImported(tx: Tx, organisation: string, id: string, key: string): Promise<void> {
  await tx.query(mark, [organisation, id, key]);
}
