import type { RuleWarning } from './recurrence.ts';
import { type Rule, ruleText } from './rule.ts';
import { namesStart } from './rule-dates.ts';
import { nextOf, type Series, whenOn } from './series.ts';

// What a person should know about a rule before it is saved. Two things are meant by “on the 31st”, and the rule alone
// does not say which; a rule that says SKIP does.

const longMonths = [1, 3, 5, 7, 8, 10, 12];
const lengthOf = (month: number) => (month === 2 ? 28 : longMonths.includes(month) ? 31 : 30);
const nameOf = (month: number) =>
  Temporal.PlainDate.from({ year: 2027, month, day: 1 }).toLocaleString('en', { month: 'long' });

/** The months in which a monthly or yearly rule has a date, were they long enough. */
function monthsOf({ freq, interval, byMonth }: Rule, start: Temporal.PlainDate): number[] {
  if (byMonth) return byMonth;
  if (freq === 'YEARLY') return [start.month];
  const months = Array.from({ length: 12 }, (_, k) => ((start.month - 1 + k * interval) % 12) + 1);
  return [...new Set(months)].sort((a, b) => a - b);
}

function shortMonths({ rule, on, from }: Series): RuleWarning | undefined {
  const { freq, byDay, bySetPos, byWeekNo, byYearDay, skip } = rule;
  if ((freq !== 'MONTHLY' && freq !== 'YEARLY') || skip || byDay || bySetPos || byWeekNo || byYearDay) return undefined;
  if (from === 'completion' && !rule.byMonthDay && !rule.byMonth) return undefined;
  const start = Temporal.PlainDate.from(on);
  const days = rule.byMonthDay ?? [start.day];
  const months = monthsOf(rule, start);
  const day = Math.max(...days);
  const short = months.filter((month) => lengthOf(month) < day);
  if (short.length === 0) return undefined;

  const dates = months.filter((month) => lengthOf(month) >= day).map((month) => `${day} ${nameOf(month)}`);
  const meant = { ...rule, byMonthDay: days, ...(freq === 'YEARLY' && { byMonth: months }) };
  const result =
    dates.length === 0
      ? day === 29
        ? 'there is a date in leap years only'
        : 'there is never a date'
      : dates.length === 1
        ? `there is one date a year: ${dates[0]}`
        : `there are ${dates.length} dates a year`;
  return {
    code: 'short-months',
    detail: `${words(short.map(nameOf))} ${short.length === 1 ? 'has' : 'have'} no day ${day}, so ${result}. Say which is meant.`,
    choices: [
      { title: 'Leave shorter months out', rule: ruleText({ ...meant, skip: 'OMIT' }) },
      { title: 'Take the last day of shorter months', rule: ruleText({ ...meant, skip: 'BACKWARD' }) },
    ],
  };
}

const words = (names: string[]) =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** All that is to be said of a series. */
export function warningsOf(series: Series): RuleWarning[] {
  const warnings = [shortMonths(series)].filter((warning) => warning !== undefined);
  if (series.from === 'schedule' && !namesStart(series.rule, series.on)) {
    const detail =
      'The due date itself is no day of this rule; it counts as the first, what follows is as the rule says.';
    warnings.push({ code: 'not-in-rule', detail, choices: [] });
  }
  if (!nextOf(series, series.on, startOf(series))) {
    warnings.push({ code: 'ends', detail: 'Nothing comes after this due date.', choices: [] });
  }
  return warnings;
}

/** When the first occurrence is due, as an instant. */
export function startOf(series: Series, date = series.on): Temporal.Instant {
  const when = whenOn(series, date);
  if ('at' in when) return Temporal.Instant.from(when.at);
  return Temporal.PlainDate.from(date).toZonedDateTime(series.zone).toInstant();
}
