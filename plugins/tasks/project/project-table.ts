import { decodeCursor, statement, type Tx, text, toPage } from '@task-connect/sdk';
import { z } from 'zod';
import type { Project, ProjectQuery } from './project.ts';

export type ProjectRow = {
  id: string;
  name: string;
  notes: string;
  parent_id: string | null;
  archived_at: string | null;
  created_by: string;
  created_at: string;
  updated_at: string;
  version: number;
};

const columns = 'id, name, notes, parent_id, archived_at, created_by, created_at, updated_at, version';

export const toProject = (row: ProjectRow): Project => ({
  id: row.id,
  name: row.name,
  notes: row.notes,
  parent: row.parent_id,
  archived: row.archived_at !== null,
  createdBy: row.created_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version,
});

type New = [
  organisation: string,
  name: string,
  notes: string,
  parent: string | null,
  createdBy: string,
  createdAt: string,
];

const insert = statement<New, ProjectRow>(
  'tasks.insert-project',
  `insert into project (organisation_id, name, notes, parent_id, created_by, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $6) returning ${columns}`,
);

export async function insertProject(tx: Tx, values: New): Promise<ProjectRow> {
  const [row] = await tx.query(insert, values);
  return row!;
}

const update = statement<
  [
    organisation: string,
    id: string,
    name: string,
    notes: string,
    parent: string | null,
    archivedAt: string | null,
    updatedAt: string,
  ],
  ProjectRow
>(
  'tasks.update-project',
  `update project set name = $3, notes = $4, parent_id = $5, archived_at = $6, updated_at = $7, version = version + 1
   where organisation_id = $1 and id = $2 returning ${columns}`,
);

export async function updateProject(tx: Tx, organisation: string, row: ProjectRow): Promise<ProjectRow> {
  const { id, name, notes, parent_id, archived_at, updated_at } = row;
  const [updated] = await tx.query(update, [organisation, id, name, notes, parent_id, archived_at, updated_at]);
  return updated!;
}

type ById = [organisation: string, id: string];

const find = statement<ById, ProjectRow>(
  'tasks.find-project',
  `select ${columns} from project where organisation_id = $1 and id = $2`,
);

export async function findProject(tx: Tx, ...by: ById): Promise<ProjectRow | undefined> {
  const [row] = await tx.query(find, by);
  return row;
}

const lock = statement<ById, ProjectRow>(
  'tasks.lock-project',
  `select ${columns} from project where organisation_id = $1 and id = $2 for no key update`,
);

export async function lockProject(tx: Tx, ...by: ById): Promise<ProjectRow | undefined> {
  const [row] = await tx.query(lock, by);
  return row;
}

// The lock keeps the project from being deleted between the look and the foreign key.
const forTasks = statement<ById, Pick<ProjectRow, 'name' | 'archived_at'>>(
  'tasks.project-for-tasks',
  'select name, archived_at from project where organisation_id = $1 and id = $2 for key share',
);

/** What a task needs to know of the project that it is put into. */
export async function projectForTasks(tx: Tx, ...by: ById) {
  const [row] = await tx.query(forTasks, by);
  return row;
}

const lockForDeletion = statement<ById, ProjectRow>(
  'tasks.lock-project-for-deletion',
  `select ${columns} from project where organisation_id = $1 and id = $2 for update`,
);
const contents = statement<ById, { tasks: number; projects: number }>(
  'tasks.contents-of-project',
  `select (select count(*) from task where organisation_id = $1 and project_id = $2) as tasks,
          (select count(*) from project where organisation_id = $1 and parent_id = $2) as projects`,
);

/** The project, locked so that nothing is put into it any more, with what is in it. */
export async function projectToDelete(tx: Tx, ...by: ById) {
  const [row] = await tx.query(lockForDeletion, by);
  if (!row) return undefined;
  const [held] = await tx.query(contents, by);
  return { row, ...held! };
}

const remove = statement<ById, unknown>(
  'tasks.delete-project',
  'delete from project where organisation_id = $1 and id = $2',
);

export async function deleteProject(tx: Tx, ...by: ById): Promise<void> {
  await tx.query(remove, by);
}

const cursor = z.tuple([text(500), z.uuid()]);

/** One page of projects by name. */
export async function projectPage(tx: Tx, organisation: string, query: ProjectQuery) {
  const after = decodeCursor(query.cursor, cursor);
  const filtered = tx.knex('project').where('organisation_id', organisation);
  if (query.parent === 'none') filtered.whereNull('parent_id');
  else if (query.parent) filtered.where('parent_id', query.parent);
  if (query.archived !== undefined) filtered[query.archived ? 'whereNotNull' : 'whereNull']('archived_at');

  const rows = filtered.clone();
  if (after) rows.whereRaw('(lower(name), id) > (lower(?), ?)', after);
  rows
    .select(tx.knex.raw(columns))
    .orderByRaw('organisation_id, lower(name), id')
    .limit(query.limit + 1);

  const page = toPage<ProjectRow, Project>(await rows, query.limit, (row) => [row.name, row.id], toProject);
  if (!query.count) return page;
  const [counted] = await filtered.clone().count({ total: '*' });
  return { ...page, total: Number(counted?.total) };
}
