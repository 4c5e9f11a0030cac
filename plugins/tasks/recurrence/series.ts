import { dayAt, type NewWhen } from '../task/when.ts';
import type { RepeatsFrom } from './recurrence.ts';
import { type Rule, ruleText } from './rule.ts';
import { datesAfter } from './rule-dates.ts';

// A series: a rule with its first day, and a time on the wall of a zone or none. A time is put onto a day on that wall,
// so that a task at 23:30 stays at 23:30 when the clocks change, and a day stays a day however long it is.

export type Series = { rule: Rule; from: RepeatsFrom; on: string; time: string | null; zone: string };

/** When the occurrence on `date` is due. */
export function whenOn({ time, zone }: Pick<Series, 'time' | 'zone'>, date: string): NewWhen {
  return time === null ? { date } : { at: instantOn(time, zone, date).toString(), zone };
}

function instantOn(time: string, zone: string, date: string): Temporal.Instant {
  return Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant();
}

const isWithin =
  ({ rule: { until }, time, zone }: Series) =>
  (date: string) => {
    // Nobody plans for the year 10000, and PostgreSQL writes it otherwise.
    if (date > '9990-01-01' || date.startsWith('+')) return false;
    if (!until) return true;
    if ('date' in until) return date <= until.date;
    const end = Temporal.Instant.from(until.at);
    if (time === null) return date <= dayAt(end, zone);
    return Temporal.Instant.compare(instantOn(time, zone, date), end) <= 0;
  };

/** The days after `after` by the calendar. */
export const daysAfter = (series: Series, after: string): Generator<string> =>
  datesAfter(series.rule, series.on, after > series.on ? after : series.on, isWithin(series));

const namesDays = ({ byDay, byMonth, byMonthDay, bySetPos, byWeekNo, byYearDay }: Rule) =>
  Boolean(byDay ?? byMonth ?? byMonthDay ?? bySetPos ?? byWeekNo ?? byYearDay);

const units = { DAILY: 'days', WEEKLY: 'weeks', MONTHLY: 'months', YEARLY: 'years' } as const;

/** What follows when the occurrence is done on `day`, counted from then; a month without that day lends its last. */
function dayAfterCompletion(series: Series, day: string): string | undefined {
  const { rule } = series;
  if (rule.count !== undefined && rule.count <= 1) return undefined;
  if (namesDays(rule)) return daysAfter({ ...series, rule: { ...rule, count: undefined }, on: day }, day).next().value;
  const next = Temporal.PlainDate.from(day)
    .add({ [units[rule.freq]]: rule.interval })
    .toString();
  return isWithin(series)(next) ? next : undefined;
}

export type Next = { date: string; rule: string };

/**
 * The occurrence after `slot` that was done at `done`, and the rule that it has; undefined at the end. By the calendar
 * none is made for what has gone by: not for days before today, nor for times before now.
 */
export function nextOf(series: Series, slot: string, done: Temporal.Instant): Next | undefined {
  const today = dayAt(done, series.zone);
  if (series.from === 'completion') {
    const date = dayAfterCompletion(series, today);
    const { count } = series.rule;
    const rule = ruleText(count === undefined ? series.rule : { ...series.rule, count: count - 1 });
    return date === undefined ? undefined : { date, rule };
  }
  const yesterday = Temporal.PlainDate.from(today).subtract({ days: 1 }).toString();
  const isAhead = (date: string) =>
    series.time === null || Temporal.Instant.compare(instantOn(series.time, series.zone, date), done) > 0;
  for (const date of daysAfter(series, slot > yesterday ? slot : yesterday)) {
    if (isAhead(date)) return { date, rule: ruleText(series.rule) };
  }
  return undefined;
}
