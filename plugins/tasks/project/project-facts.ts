import type { TasksContext } from '../contract.ts';
import type { ProjectRow } from './project-table.ts';

/** What every event of a project tells of it. */
export const projectFacts = (row: ProjectRow) => ({
  projectId: row.id,
  name: row.name,
  parent: row.parent_id,
  archived: row.archived_at !== null,
});

/** Tells open consoles that they should read this project again. */
export const hintProject = ({ live }: TasksContext, projectId: string) =>
  live({ type: 'project-changed', data: { projectId } });
