import type { NewRecurrence } from '../recurrence/recurrence.ts';
import { mustRule } from '../recurrence/rule.ts';
import { namesStart } from '../recurrence/rule-dates.ts';
import { daysAfter, whenOn } from '../recurrence/series.ts';
import type { NewWhen } from '../task/when.ts';
import { alone, dayCodes, monthOf, units, weekdayOf } from './day-words.ts';

// Todoist keeps dates as its people typed them: “jeden Montag 9:00”, “every! 3 months”. What is not understood is left
// out and said.

export type ReadDate = { due: NewWhen; recurrence: NewRecurrence | null };

/** When a task is due by the words of its date, seen from `now` in `zone`; undefined where they are not understood. */
export function readDate(words: string, zone: string, now: Temporal.Instant): ReadDate | undefined {
  const { rest, time } = timeIn(words.trim().toLowerCase());
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const every = /^(?:every|each|ev|jede[nrsm]?|alle)(!?)\s+(.+)$/.exec(rest);
  const rule = every ? ruleOf(every[2]!) : alone[rest] && `FREQ=${alone[rest]}`;
  if (rule) {
    const recurrence = { rule, from: every?.[1] ? ('completion' as const) : ('schedule' as const) };
    return { due: firstDue({ rule, zone, time, today, now }), recurrence };
  }
  const date = every ? undefined : dateOf(rest, today);
  return date === undefined ? undefined : { due: whenOn({ time, zone }, date), recurrence: null };
}

/** A time at the end: `9:00`, `at 9`, `9am`, `um 9 Uhr`. */
function timeIn(words: string): { rest: string; time: string | null } {
  const found = /^(.*?)(?:^|[\s,]+)(at\s+|um\s+|@\s*)?(\d{1,2})(?::(\d{2}))?\s*(am|pm|uhr)?$/.exec(words);
  if (!found || !(found[2] || found[4] || found[5])) return { rest: words, time: null };
  const hour = (Number(found[3]) % (found[5] === 'am' || found[5] === 'pm' ? 12 : 24)) + (found[5] === 'pm' ? 12 : 0);
  const minute = found[4] ?? '00';
  if (Number(found[3]) > 24 || Number(minute) > 59) return { rest: words, time: null };
  return { rest: found[1]!.trim(), time: `${String(hour).padStart(2, '0')}:${minute}:00` };
}

function ruleOf(words: string): string | undefined {
  const [, number, unit] = /^(?:(\d{1,3}|other|second|zweite[nrs]?|andere[nrs]?)\.?\s+)?(\S+)$/.exec(words) ?? [];
  const freq = (Object.keys(units) as (keyof typeof units)[]).find((name) => unit && units[name].test(unit));
  if (freq) {
    const interval = number === undefined ? 1 : /^\d/.test(number) ? Number(number) : 2;
    if (interval < 1) return undefined;
    return interval === 1 ? `FREQ=${freq}` : `FREQ=${freq};INTERVAL=${interval}`;
  }
  if (/^(weekdays?|workdays?|werktage?n?|wochentage?)$/.test(words)) return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';
  if (/^(weekends?|wochenenden?)$/.test(words)) return 'FREQ=WEEKLY;BYDAY=SA,SU';
  if (/^(last day|letzten tag)( of the month| des monats)?$/.test(words)) return 'FREQ=MONTHLY;BYMONTHDAY=-1';
  const days = words.split(/\s*(?:,|\band\b|\bund\b|\s)\s*/).map(weekdayOf);
  if (days.every((day) => day !== undefined)) return `FREQ=WEEKLY;BYDAY=${days.map((day) => dayCodes[day! - 1])}`;
  const day = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(words)?.[1];
  if (day && Number(day) >= 1 && Number(day) <= 31) return `FREQ=MONTHLY;BYMONTHDAY=${Number(day)}`;
  const ofYear = dayAndMonth(words);
  return ofYear && `FREQ=YEARLY;BYMONTH=${ofYear.month};BYMONTHDAY=${ofYear.day}`;
}

function dayAndMonth(words: string): { day: number; month: number; year: number | undefined } | undefined {
  const found =
    /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?<month>[a-zä]+)\.?(?:,?\s+(?<year>\d{4}))?$/.exec(words) ??
    /^(?<month>[a-zä]+)\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?<year>\d{4}))?$/.exec(words) ??
    /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})?$/.exec(words);
  const groups = found?.groups;
  if (!groups) return undefined;
  const month = /^\d/.test(groups.month!) ? Number(groups.month) : monthOf(groups.month!);
  const day = Number(groups.day);
  if (!month || month > 12 || day < 1 || day > 31) return undefined;
  return { day, month, year: groups.year ? Number(groups.year) : undefined };
}

function dateOf(words: string, today: Temporal.PlainDate): string | undefined {
  if (words === 'today' || words === 'heute') return today.toString();
  if (words === 'tomorrow' || words === 'morgen') return today.add({ days: 1 }).toString();
  const weekday = weekdayOf(words);
  if (weekday) return today.add({ days: (weekday - today.dayOfWeek + 7) % 7 }).toString();
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(words)) return Temporal.PlainDate.from(words).toString();
    const found = dayAndMonth(words);
    if (!found) return undefined;
    const date = Temporal.PlainDate.from({ ...found, year: found.year ?? today.year }, { overflow: 'reject' });
    const isPast = found.year === undefined && Temporal.PlainDate.compare(date, today) < 0;
    return (isPast ? date.add({ years: 1 }) : date).toString();
  } catch {
    return undefined;
  }
}

type First = { rule: string; zone: string; time: string | null; today: Temporal.PlainDate; now: Temporal.Instant };

/** The first that is not past: today, where the rule names it and its time is still to come. */
function firstDue({ rule, zone, time, today, now }: First): NewWhen {
  const on = today.toString();
  const series = { rule: mustRule(rule), from: 'schedule' as const, on, time, zone };
  const isAhead = (date: string) => {
    const when = whenOn(series, date);
    return 'date' in when || Temporal.Instant.compare(Temporal.Instant.from(when.at), now) > 0;
  };
  if (namesStart(series.rule, on) && isAhead(on)) return whenOn(series, on);
  return whenOn(series, daysAfter(series, on).next().value ?? on);
}
