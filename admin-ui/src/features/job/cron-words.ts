import { t } from '../../t.ts';

// A cron expression in words, for the forms that people write. What is rarer stays as it is: null. Pure.

const days = [t('Sundays'), t('Mondays'), t('Tuesdays'), t('Wednesdays'), t('Thursdays'), t('Fridays'), t('Saturdays')];
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = [
  ...[t('January'), t('February'), t('March'), t('April'), t('May'), t('June')],
  ...[t('July'), t('August'), t('September'), t('October'), t('November'), t('December')],
];

/** `every day at 7:30`, `Mondays to Fridays at 9:00`; null where it takes more than a few words. */
export function cronInWords(cron: string): string | null {
  const fields = cron.trim().toLowerCase().split(/\s+/);
  if (fields.length === 6) return inSeconds(fields);
  if (fields.length !== 5) return null;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const when = whenInWords(minute, hour);
  if (when === null) return null;
  const which = daysInWords(day, month, weekday);
  if (which === null) return null;
  if (which === '') return when.daily ? t('every day at {times}', { times: when.words }) : when.words;
  return when.daily
    ? t('{days} at {times}', { days: which, times: when.words })
    : t('{days}, {times}', { days: which, times: when.words });
}

function inSeconds([second = '', ...rest]: readonly string[]): string | null {
  if (second === '0') return cronInWords(rest.join(' '));
  if (rest.some((field) => field !== '*')) return null;
  const step = stepOf(second);
  if (second === '*') return t('every second');
  return step === null ? null : t({ one: 'every second', other: 'every {count} seconds' }, { count: step });
}

const stepOf = (field: string): number | null => {
  const [, step] = /^(?:\*|0)\/(\d+)$/.exec(field) ?? [];
  return step ? Number(step) : null;
};

/** Whole numbers of a list; null for anything else. */
const listOf = (field: string): number[] | null => (/^\d+(,\d+)*$/.test(field) ? field.split(',').map(Number) : null);

const two = (value: number) => String(value).padStart(2, '0');
const joined = (words: readonly string[]): string =>
  words.length < 2
    ? (words[0] ?? '')
    : t('{first} and {last}', { first: words.slice(0, -1).join(', '), last: words.at(-1)! });

function whenInWords(minute: string, hour: string): { words: string; daily: boolean } | null {
  const minutes = listOf(minute);
  const hours = listOf(hour);
  if (minutes && hours && minutes.length * hours.length <= 4)
    return { words: joined(hours.flatMap((h) => minutes.map((m) => `${h}:${two(m)}`))), daily: true };
  const every = hour === '*' ? eachHour(minute, minutes) : null;
  if (every) return { words: every, daily: false };
  const hourStep = stepOf(hour);
  if (minutes?.length === 1 && hourStep)
    return {
      words:
        minutes[0] === 0
          ? t({ one: 'every hour', other: 'every {count} hours' }, { count: hourStep })
          : t('every {count} hours, {minutes} min past', { count: hourStep, minutes: minutes[0]! }),
      daily: false,
    };
  const [, from, to] = /^(\d+)-(\d+)$/.exec(hour) ?? [];
  if (minutes?.length === 1 && from && to)
    return {
      words: t('every hour from {from} to {to}', {
        from: `${from}:${two(minutes[0]!)}`,
        to: `${to}:${two(minutes[0]!)}`,
      }),
      daily: false,
    };
  return null;
}

function eachHour(minute: string, minutes: readonly number[] | null): string | null {
  if (minute === '*') return t('every minute');
  const step = stepOf(minute);
  if (step) return t({ one: 'every minute', other: 'every {count} minutes' }, { count: step });
  if (!minutes || minutes.length > 4) return null;
  if (minutes.length === 1 && minutes[0] === 0) return t('every hour, on the hour');
  return t('every hour at {minutes}', { minutes: joined(minutes.map((m) => `:${two(m)}`)) });
}

/** Empty for every day; null where it cannot be said shortly. */
function daysInWords(day: string, month: string, weekday: string): string | null {
  const isAnyMonth = month === '*';
  if (day === '*' && weekday === '*') return isAnyMonth ? '' : null;
  if (day === '*' && isAnyMonth) return weekdaysInWords(weekday);
  if (weekday !== '*') return null;
  const dates = listOf(day);
  if (!dates) return null;
  if (isAnyMonth) return t('on day {days} of each month', { days: joined(dates.map(String)) });
  const [number] = listOf(month) ?? [];
  const name = number === undefined ? undefined : months[number - 1];
  return name && dates.length === 1 ? t('on {day} {month}', { day: dates[0]!, month: name }) : null;
}

function weekdaysInWords(weekday: string): string | null {
  const numbered = weekday.replace(/[a-z]{3}/g, (name) => String(dayNames.indexOf(name)));
  const nameOf = (number: number) => days[number % 7];
  const [, from, to] = /^([0-7])-([0-7])$/.exec(numbered) ?? [];
  if (from && to) return t('{from} to {to}', { from: nameOf(Number(from))!, to: nameOf(Number(to))! });
  const list = listOf(numbered);
  if (!list?.every((number) => number <= 7)) return null;
  return joined([...new Set(list.map((number) => nameOf(number)!))]);
}
