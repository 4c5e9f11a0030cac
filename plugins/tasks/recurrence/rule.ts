// A recurrence rule (RFC 5545 §3.3.10, with SKIP of RFC 7529) as text and as parts. Pure, and used by screens too.
// A task has a day, and a time or none: the rule says days only, the time stays that of the task’s wall.

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof frequencies)[number];

export type Rule = {
  freq: Frequency;
  interval: number;
  count?: number;
  /** The last day, or the last instant. */
  until?: { date: string } | { at: string };
  byMonth?: number[];
  byWeekNo?: number[];
  byYearDay?: number[];
  byMonthDay?: number[];
  /** `MO`, or `2MO` and `-1FR` in a month or year. */
  byDay?: string[];
  bySetPos?: number[];
  wkst?: string;
  /** What becomes of a day that a month does not have. OMIT: that month has none. BACKWARD: its last day. */
  skip?: 'OMIT' | 'BACKWARD';
};

type Read = { rule: Rule; fault?: undefined } | { rule?: undefined; fault: string };

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const whole = (from: number, to: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d{1,4}$/.test(text) || value < from || value > to) throw new Fault(`a whole number from ${from} to ${to}`);
  return value;
};
const list =
  <T>(one: (text: string) => T) =>
  (text: string) =>
    text.split(',').map(one);
const signed = (most: number) => (text: string) => {
  const value = Number(text);
  if (!/^[+-]?\d{1,3}$/.test(text) || value === 0 || Math.abs(value) > most)
    throw new Fault(`numbers from 1 to ${most} or from -1 to -${most}`);
  return value;
};
const oneOf =
  <T extends string>(...words: readonly T[]) =>
  (text: string) => {
    if (!words.includes(text as T)) throw new Fault(`one of ${words.join(', ')}`);
    return text as T;
  };
const weekday = (text: string) => {
  const found = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text);
  if (!found || !days.includes(found[2]!) || (found[1] && (Number(found[1]) === 0 || Math.abs(Number(found[1])) > 53)))
    throw new Fault('weekdays such as MO, 2TU or -1FR');
  return found[1] ? `${Number(found[1])}${found[2]}` : found[2]!;
};

function until(text: string): { date: string } | { at: string } {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(text);
  if (!found) throw new Fault('a day such as 20271231, or an instant such as 20271231T220000Z');
  const [, year, month, day, hour, minute, second] = found;
  const date = `${year}-${month}-${day}`;
  try {
    if (hour === undefined) return { date: Temporal.PlainDate.from(date).toString() };
    return { at: Temporal.Instant.from(`${date}T${hour}:${minute}:${second}Z`).toString() };
  } catch {
    throw new Fault('a day that exists');
  }
}

class Fault extends Error {}

const readers: Record<string, { field: keyof Rule | undefined; read: (text: string) => unknown }> = {
  FREQ: { field: 'freq', read: oneOf(...frequencies) },
  INTERVAL: { field: 'interval', read: whole(1, 999) },
  COUNT: { field: 'count', read: whole(1, 1000) },
  UNTIL: { field: 'until', read: until },
  BYMONTH: { field: 'byMonth', read: list(whole(1, 12)) },
  BYWEEKNO: { field: 'byWeekNo', read: list(signed(53)) },
  BYYEARDAY: { field: 'byYearDay', read: list(signed(366)) },
  BYMONTHDAY: { field: 'byMonthDay', read: list(signed(31)) },
  BYDAY: { field: 'byDay', read: list(weekday) },
  BYSETPOS: { field: 'bySetPos', read: list(signed(366)) },
  WKST: { field: 'wkst', read: oneOf(...days) },
  RSCALE: { field: undefined, read: oneOf('GREGORIAN') },
  SKIP: { field: 'skip', read: oneOf('OMIT', 'BACKWARD') },
};

/** Reads a rule, with or without `RRULE:` in front; what is wrong with it is a sentence for its writer. */
export function readRule(text: string): Read {
  const rule: Partial<Rule> = { interval: 1 };
  const seen = new Set<string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = '', ...more] = part.split('=');
    const reader = readers[name];
    if (!reader || more.length > 0)
      return { fault: `“${part.slice(0, 40)}” is no part of a rule here; give ${Object.keys(readers).join(', ')}.` };
    if (seen.has(name)) return { fault: `${name} stands there twice.` };
    seen.add(name);
    try {
      const read = reader.read(value);
      if (reader.field) Object.assign(rule, { [reader.field]: read });
    } catch (error) {
      if (error instanceof Fault) return { fault: `${name} takes ${error.message}.` };
      throw error;
    }
  }
  const fault = faultOf(rule);
  return fault ? { fault } : { rule: rule as Rule };
}

function faultOf({
  freq,
  count,
  until,
  byDay,
  byWeekNo,
  byYearDay,
  byMonthDay,
  bySetPos,
  skip,
  byMonth,
}: Partial<Rule>) {
  if (!freq) return `Say how often: FREQ=${frequencies.join(', FREQ=')}.`;
  if (count !== undefined && until) return 'Give COUNT or UNTIL, not both.';
  if (byDay?.some((day) => day.length > 2) && (freq === 'DAILY' || freq === 'WEEKLY' || byWeekNo))
    return 'A weekday with a number, such as 2TU, needs FREQ=MONTHLY or FREQ=YEARLY.';
  if (byWeekNo && freq !== 'YEARLY') return 'BYWEEKNO needs FREQ=YEARLY.';
  if (byYearDay && freq !== 'YEARLY') return 'BYYEARDAY needs FREQ=YEARLY.';
  if (byMonthDay && freq === 'WEEKLY') return 'BYMONTHDAY does not go with FREQ=WEEKLY.';
  if (bySetPos && !(byDay || byMonthDay || byYearDay || byWeekNo || byMonth))
    return 'BYSETPOS needs another part to choose from, such as BYDAY.';
  if (skip === 'BACKWARD') {
    if (freq !== 'MONTHLY' && freq !== 'YEARLY') return 'SKIP=BACKWARD needs FREQ=MONTHLY or FREQ=YEARLY.';
    if (byDay || bySetPos || byWeekNo || byYearDay)
      return 'SKIP=BACKWARD goes with days of the month alone, not with BYDAY, BYSETPOS, BYWEEKNO or BYYEARDAY.';
    if (freq === 'YEARLY' && byMonthDay && !byMonth) return 'Say in which months: BYMONTH.';
  }
}

/** The rule as text, always in one order. */
export function ruleText(rule: Rule): string {
  const parts: (string | false | undefined)[] = [
    rule.skip && 'RSCALE=GREGORIAN',
    `FREQ=${rule.freq}`,
    rule.interval !== 1 && `INTERVAL=${rule.interval}`,
    rule.count !== undefined && `COUNT=${rule.count}`,
    rule.until && `UNTIL=${untilText(rule.until)}`,
    rule.byMonth && `BYMONTH=${rule.byMonth}`,
    rule.byWeekNo && `BYWEEKNO=${rule.byWeekNo}`,
    rule.byYearDay && `BYYEARDAY=${rule.byYearDay}`,
    rule.byMonthDay && `BYMONTHDAY=${rule.byMonthDay}`,
    rule.byDay && `BYDAY=${rule.byDay}`,
    rule.bySetPos && `BYSETPOS=${rule.bySetPos}`,
    rule.wkst && `WKST=${rule.wkst}`,
    rule.skip && `SKIP=${rule.skip}`,
  ];
  return parts.filter(Boolean).join(';');
}

const untilText = (until: { date: string } | { at: string }) =>
  'date' in until ? until.date.replaceAll('-', '') : until.at.replace(/\.\d+/, '').replaceAll(/[-:]/g, '');

/** The rule of a text that was checked. */
export function mustRule(text: string): Rule {
  const { rule, fault } = readRule(text);
  if (!rule) throw new Error(fault);
  return rule;
}
