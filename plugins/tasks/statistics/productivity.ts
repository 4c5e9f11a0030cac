import type { DayRow } from './day-table.ts';
import type { Productivity } from './statistics.ts';

/** Every day from `from` to `to`, with zeros where nothing was counted, and what they come to. */
export function productivityOf(rows: readonly DayRow[], from: string, to: string, today: string) {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const days: Productivity['days'] = [];
  const totals = { created: 0, completed: 0, overdue: 0, trackedSeconds: 0 };
  const last = Temporal.PlainDate.from(to);
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    const date = day.toString();
    const counts = countsOf(byDay.get(date), date < today);
    days.push({ date, ...counts });
    for (const name of ['created', 'completed', 'overdue', 'trackedSeconds'] as const) totals[name] += counts[name];
  }
  return { days, totals };
}

const countsOf = (row: DayRow | undefined, isOver: boolean) => ({
  created: row?.created ?? 0,
  completed: row?.completed ?? 0,
  overdue: row && isOver ? row.due - row.met : 0,
  trackedSeconds: row?.tracked_seconds ?? 0,
});
