import { noProject } from './day-counts.ts';
import type { DayRow, ProjectRow } from './day-table.ts';
import type { EstimateRow } from './estimate-table.ts';
import type { Productivity } from './statistics.ts';

/** Rounded seconds by day and by project; undefined where nothing is rounded. */
export type Rounded = { days: ReadonlyMap<string, number>; projects: ReadonlyMap<string, number> } | undefined;

/** Every day from `from` to `to`, with zeros where nothing was counted, and what they come to. */
export function productivityOf(rows: readonly DayRow[], from: string, to: string, today: string, rounded?: Rounded) {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const days: Productivity['days'] = [];
  const totals = { created: 0, completed: 0, overdue: 0, trackedSeconds: 0, roundedSeconds: 0 };
  const last = Temporal.PlainDate.from(to);
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    const date = day.toString();
    const counts = countsOf(byDay.get(date), date < today, rounded);
    days.push({ date, ...counts });
    for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += counts[name];
  }
  return { days, totals };
}

const countsOf = (row: DayRow | undefined, isOver: boolean, rounded: Rounded) => ({
  created: row?.created ?? 0,
  completed: row?.completed ?? 0,
  overdue: row && isOver ? row.due - row.met : 0,
  trackedSeconds: row?.tracked_seconds ?? 0,
  roundedSeconds: (row && (rounded ? rounded.days.get(row.day) : row.tracked_seconds)) ?? 0,
});

const estimatesOfRow = (row: EstimateRow | undefined) => ({
  tasks: row?.tasks ?? 0,
  estimatedSeconds: row?.estimated ?? 0,
  trackedSeconds: row?.tracked ?? 0,
});

/** What the days come to for each project, by name; what has none comes last. */
export function productivityByProject(
  rows: readonly ProjectRow[],
  estimates: readonly EstimateRow[],
  names: ReadonlyMap<string, string>,
  rounded: Rounded,
): Pick<Productivity, 'projects' | 'estimates'> {
  const byProject = new Map(estimates.map((row) => [row.project_id, row]));
  const projects = rows
    .filter((row) => row.created || row.completed || row.missed || row.tracked_seconds)
    .map((row) => ({
      project: row.project_id === noProject ? null : row.project_id,
      name: names.get(row.project_id) ?? null,
      created: row.created,
      completed: row.completed,
      overdue: row.missed,
      trackedSeconds: row.tracked_seconds,
      roundedSeconds: (rounded ? rounded.projects.get(row.project_id) : row.tracked_seconds) ?? 0,
      estimates: estimatesOfRow(byProject.get(row.project_id)),
    }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name)));
  const sum = (name: 'tasks' | 'estimated' | 'tracked') => estimates.reduce((total, row) => total + row[name], 0);
  return {
    projects,
    estimates: { tasks: sum('tasks'), estimatedSeconds: sum('estimated'), trackedSeconds: sum('tracked') },
  };
}
