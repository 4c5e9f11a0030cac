import type { AgendaQuestion } from '@task-connect/sdk';
import type { ScheduleItem, ScheduleWeek } from './schedule.ts';

// Which days are meant, and what lies in which. Pure.

/** The days from `first` on, as a question to plugins. */
export function questionFor(person: string, first: string, count: number, zone: string): AgendaQuestion {
  const firstDay = Temporal.PlainDate.from(first);
  const lastDay = firstDay.add({ days: count - 1 });
  const { startsAt: from } = boundsOf(firstDay, zone);
  const { endsAt: to } = boundsOf(lastDay, zone);
  return { person, from, to, firstDay: firstDay.toString(), lastDay: lastDay.toString(), zone };
}

/** The first day of the week of `date`; `weekStart` 1 is Monday. */
export function weekOf(date: string, weekStart: number): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: (day.dayOfWeek - weekStart + 7) % 7 }).toString();
}

function boundsOf(day: Temporal.PlainDate, zone: string) {
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).toInstant().toString();
  return { startsAt: startOf(day), endsAt: startOf(day.add({ days: 1 })) };
}

/** Puts items into the days of the question, each in order. */
export function daysOf(question: AgendaQuestion, items: readonly ScheduleItem[]): ScheduleWeek['days'] {
  const days = [];
  const last = Temporal.PlainDate.from(question.lastDay);
  for (
    let day = Temporal.PlainDate.from(question.firstDay);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    const bounds = boundsOf(day, question.zone);
    const date = day.toString();
    days.push({ date, ...bounds, items: items.filter((item) => liesIn(item, date, bounds)).sort(byTime) });
  }
  return days;
}

function liesIn(item: ScheduleItem, date: string, bounds: { startsAt: string; endsAt: string }): boolean {
  if (item.startsAt === null) return item.date === date;
  const begin = epoch(item.startsAt);
  const end = item.endsAt === null ? begin : epoch(item.endsAt);
  const [from, to] = [epoch(bounds.startsAt), epoch(bounds.endsAt)];
  // What has no length belongs to the day in which it is; what ends at midnight does not reach into the next.
  return begin < to && (end > from || begin === from);
}

const epoch = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;

function byTime(one: ScheduleItem, other: ScheduleItem): number {
  const [a, b] = [one, other].map(({ startsAt }) => (startsAt === null ? Number.NEGATIVE_INFINITY : epoch(startsAt)));
  if (a !== b) return a! < b! ? -1 : 1;
  return one.title.localeCompare(other.title) || (one.id < other.id ? -1 : 1);
}
