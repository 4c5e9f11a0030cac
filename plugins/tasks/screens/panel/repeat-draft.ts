import { type Frequency, type Rule, readRule, ruleText } from '../../recurrence/rule.ts';

// A rule as the form has it. What the form cannot say (an end, a week of the year) it leaves as it is.

export type RepeatDraft = {
  freq: Frequency | 'NONE' | 'OWN';
  interval: number;
  /** Of a week: `MO`. */
  days: string[];
  /** Of a month: the day of the due date, the last day, or its weekday such as the second Tuesday. */
  month: 'day' | 'last' | 'weekday';
  /** What a short month does, once that was chosen. */
  skip: Rule['skip'];
  from: 'schedule' | 'completion';
  /** With OWN: the rule as it is. */
  own: string;
};

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

export const noRepeat: RepeatDraft = {
  freq: 'NONE',
  interval: 1,
  days: [],
  month: 'day',
  skip: undefined,
  from: 'schedule',
  own: '',
};

/** The rule of a draft for a task that is due on that day; undefined for none. */
export function ruleOf(draft: RepeatDraft, due: Temporal.PlainDate): string | undefined {
  const { freq, interval, days, month, skip, own } = draft;
  if (freq === 'NONE') return undefined;
  if (freq === 'OWN') return own;
  const rule: Rule = { freq, interval };
  if (freq === 'WEEKLY' && days.length > 0) rule.byDay = weekdays.filter((day) => days.includes(day));
  if (freq === 'MONTHLY') Object.assign(rule, ofMonth(month, due, skip));
  if (freq === 'YEARLY' && skip) Object.assign(rule, { byMonth: [due.month], byMonthDay: [due.day], skip });
  return ruleText(rule);
}

function ofMonth(month: RepeatDraft['month'], due: Temporal.PlainDate, skip: Rule['skip']): Partial<Rule> {
  if (month === 'last') return { byMonthDay: [-1] };
  if (month === 'day') return { byMonthDay: [due.day], ...(skip && { skip }) };
  // The fifth of a weekday is not there in most months: the last is what is meant.
  const place = due.day > 28 ? -1 : Math.ceil(due.day / 7);
  return { byDay: [`${place}${weekdays[due.dayOfWeek - 1]}`] };
}

/** A rule as a draft. */
export function draftOf(
  given: { rule: string; from: RepeatDraft['from'] } | null,
  due: Temporal.PlainDate,
): RepeatDraft {
  if (!given) return noRepeat;
  const { rule } = readRule(given.rule);
  if (!rule) return { ...noRepeat, freq: 'OWN', own: given.rule };
  const { freq, interval, byDay = [], byMonthDay, skip } = rule;
  const month = byMonthDay?.[0] === -1 ? 'last' : freq === 'MONTHLY' && byDay.length > 0 ? 'weekday' : 'day';
  const draft = { ...noRepeat, freq, interval, month, skip, from: given.from } as RepeatDraft;
  if (freq === 'WEEKLY') draft.days = byDay;
  if (ruleOf(draft, due) === given.rule || ruleOf({ ...draft, skip: undefined }, due) === given.rule) return draft;
  return { ...draft, freq: 'OWN', own: given.rule };
}
