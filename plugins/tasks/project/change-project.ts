import type { ProjectPatch } from './project.ts';
import type { ProjectRow } from './project-table.ts';

/** The row after the change, and the names of the fields that are different now; none when all was so already. */
export function changedProject(
  row: ProjectRow,
  patch: ProjectPatch,
  at: Temporal.Instant,
): { row: ProjectRow; changed: string[] } {
  const archived = row.archived_at !== null;
  const next: ProjectRow = {
    ...row,
    name: patch.name ?? row.name,
    notes: patch.notes === undefined ? row.notes : (patch.notes ?? ''),
    parent_id: patch.parent === undefined ? row.parent_id : patch.parent,
  };
  if (patch.archived !== undefined && patch.archived !== archived) {
    next.archived_at = patch.archived ? at.toString() : null;
  }
  const changed = (
    [
      ['name', 'name'],
      ['notes', 'notes'],
      ['parent', 'parent_id'],
      ['archived', 'archived_at'],
    ] as const
  ).flatMap(([field, column]) => (next[column] === row[column] ? [] : [field]));
  if (changed.length > 0) next.updated_at = at.toString();
  return { row: next, changed };
}
