import { RRuleTemporal } from 'rrule-temporal';
import type { Rule } from './rule.ts';
import { ruleText } from './rule.ts';

// The days of a rule. The library is asked about days alone, in UTC, so no clock change can come into it; COUNT and
// UNTIL are kept here, since the first day counts as one whether the rule names it or not.

/** A rule that finds nothing in so many periods has nothing to find. */
const maxIterations = 5000;

/** Whether day `date` still belongs to a rule with an end. */
export type IsWithin = (date: string) => boolean;

/** The days of `rule` after `after`, in order; `start` is the first day of all. */
export function* datesAfter(rule: Rule, start: string, after: string, isWithin: IsWithin): Generator<string> {
  const next = finder(rule, start);
  // Who counts has to begin with the first.
  let last = rule.count === undefined && after > start ? after : start;
  for (let number = 2; rule.count === undefined || number <= rule.count; number += 1) {
    const date = next(last);
    if (date === undefined || !isWithin(date)) return;
    last = date;
    if (date > after) yield date;
  }
}

/** Whether the first day is one that the rule names. */
export const namesStart = (rule: Rule, start: string): boolean =>
  finder(rule, start)(Temporal.PlainDate.from(start).subtract({ days: 1 }).toString()) === start;

function finder(rule: Rule, start: string): (after: string) => string | undefined {
  const dtstart = zoned(start);
  const rules = plainRules(rule, Temporal.PlainDate.from(start)).map(
    (each) =>
      new RRuleTemporal({
        rruleString: `RRULE:${ruleText(each)}`,
        dtstart,
        tzid: 'UTC',
        maxIterations,
        temporal: Temporal,
      }),
  );
  return (after) => {
    const found = rules.flatMap((each) => nextOf(each, after) ?? []).sort();
    return found[0];
  };
}

function nextOf(rule: RRuleTemporal<Temporal.ZonedDateTime>, after: string): string | undefined {
  try {
    return rule.next(zoned(after))?.toPlainDate().toString();
  } catch (error) {
    // How the library says that it gave up looking.
    if (error instanceof Error && /iterations|evaluations/i.test(error.message)) return undefined;
    throw error;
  }
}

const zoned = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime('UTC');

/**
 * What the library reads right. “30th or the last day” (SKIP=BACKWARD) is the last of the days 28 to 30; each day and,
 * in a year, each month is a rule of its own, since “the last of” counts within a period.
 */
function plainRules({ skip, count: _, until: __, ...rule }: Rule, start: Temporal.PlainDate): Rule[] {
  if (skip !== 'BACKWARD') return [rule];
  const months = rule.freq === 'YEARLY' ? (rule.byMonth ?? [start.month]).map((month) => [month]) : [rule.byMonth];
  return months.flatMap((byMonth) =>
    (rule.byMonthDay ?? [start.day]).map((day) => ({ ...rule, ...(byMonth && { byMonth }), ...orLastDay(day) })),
  );
}

function orLastDay(day: number): Pick<Rule, 'byMonthDay' | 'bySetPos'> {
  if (day <= 28) return { byMonthDay: [day] };
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index);
  return { byMonthDay: days, bySetPos: [-1] };
}
