export type CalendarView = 'month' | 'week' | 'day';

const weekOf = (day: Temporal.PlainDate, weekStart: number) =>
  day.subtract({ days: (day.dayOfWeek - weekStart + 7) % 7 });

/** The days that a view shows: whole weeks of a month, a week, a day. */
export function daysShown(view: CalendarView, day: Temporal.PlainDate, weekStart: number): Temporal.PlainDate[] {
  if (view === 'day') return [day];
  const run = (from: Temporal.PlainDate, count: number) =>
    Array.from({ length: count }, (_, days) => from.add({ days }));
  if (view === 'week') return run(weekOf(day, weekStart), 7);
  const first = weekOf(day.with({ day: 1 }), weekStart);
  const last = weekOf(day.with({ day: day.daysInMonth }), weekStart).add({ days: 6 });
  return run(first, first.until(last, { largestUnit: 'days' }).days + 1);
}

/** The day that the view before or after stands at. */
export const turned = (view: CalendarView, day: Temporal.PlainDate, by: 1 | -1): Temporal.PlainDate =>
  view === 'month' ? day.with({ day: 1 }).add({ months: by }) : day.add({ days: view === 'week' ? 7 * by : by });
