import type { FiguresRow } from './project-figures-table.ts';
import type { ProjectFigures } from './statistics.ts';

type Figures = ProjectFigures['own'];

const figuresOf = (row: FiguresRow): Figures => ({
  tasks: row.tasks,
  done: row.done,
  overdue: row.overdue,
  estimatedSeconds: row.estimated,
  trackedSeconds: row.tracked,
});

const plus = (one: Figures, other: Figures): Figures => ({
  tasks: one.tasks + other.tasks,
  done: one.done + other.done,
  overdue: one.overdue + other.overdue,
  estimatedSeconds: one.estimatedSeconds + other.estimatedSeconds,
  trackedSeconds: one.trackedSeconds + other.trackedSeconds,
});

/** Rolls the figures of each project up to those above it. `rows` are a project and all that lie in it. */
export function projectFigures(rows: readonly FiguresRow[], project: string): ProjectFigures {
  const children = new Map<string | null, FiguresRow[]>();
  for (const row of rows) children.set(row.parent_id, [...(children.get(row.parent_id) ?? []), row]);
  const total = (row: FiguresRow): Figures => (children.get(row.id) ?? []).map(total).reduce(plus, figuresOf(row));
  const root = rows.find(({ id }) => id === project)!;
  return {
    project: root.id,
    name: root.name,
    archived: root.archived,
    own: figuresOf(root),
    total: total(root),
    children: (children.get(root.id) ?? []).map((row) => ({
      project: row.id,
      name: row.name,
      archived: row.archived,
      total: total(row),
    })),
  };
}
