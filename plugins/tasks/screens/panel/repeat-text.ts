import { readRule } from '../../recurrence/rule.ts';
import { t } from '../t.ts';
import { weekdays } from './repeat-draft.ts';

/** `Mon` for `MO`. */
export const weekdayTitle = (day: string, locale: string): string =>
  Temporal.PlainDate.from('2027-02-01')
    .add({ days: weekdays.indexOf(day as 'MO') })
    .toLocaleString(locale, { weekday: 'short' });

/** A rule in words, such as “every 2 weeks on Mon, Fri”; a rare one as it is written. */
export function repeatText(text: string, locale: string): string {
  const { rule } = readRule(text);
  if (!rule) return text;
  const { freq, interval, byDay, byMonthDay, byMonth, bySetPos, byWeekNo, byYearDay, count, until } = rule;
  if (bySetPos || byWeekNo || byYearDay || (byMonth && freq !== 'YEARLY')) return text;
  const every = {
    DAILY: t({ one: 'every day', other: 'every {count} days' }, { count: interval }),
    WEEKLY: t({ one: 'every week', other: 'every {count} weeks' }, { count: interval }),
    MONTHLY: t({ one: 'every month', other: 'every {count} months' }, { count: interval }),
    YEARLY: t({ one: 'every year', other: 'every {count} years' }, { count: interval }),
  }[freq];
  const says = [every];
  if (byMonthDay?.[0] === -1) says.push(t('on the last day'));
  else if (byMonthDay) says.push(t('on day {day}', { day: byMonthDay.join(', ') }));
  if (byDay) says.push(t('on {days}', { days: byDay.map((day) => ofDay(day, locale)).join(', ') }));
  if (rule.skip === 'BACKWARD') says.push(t('or the last of a shorter month'));
  if (count !== undefined) says.push(t({ one: 'once', other: '{count} times' }, { count }));
  if (until) says.push(t('until {day}', { day: 'date' in until ? until.date : until.at.slice(0, 10) }));
  return says.join(' ');
}

function ofDay(day: string, locale: string): string {
  const place = Number(day.slice(0, -2) || 0);
  const title = weekdayTitle(day.slice(-2), locale);
  if (place === 0) return title;
  return place === -1 ? t('the last {day}', { day: title }) : t('{day} no. {place}', { day: title, place });
}
