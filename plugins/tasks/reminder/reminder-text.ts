import { dayAt } from '../task/when.ts';

/** The reader of a reminder. */
export type Reader = { zone: string; locale: string };

/** Of what a reader is reminded: when the task is due, or, where it is not, that they asked for it and for when. */
export function reminderSentence(
  due: { on: string | null; at: string | null },
  reminder: Temporal.Instant,
  reader: Reader,
  now: Temporal.Instant,
): string {
  if (due.on !== null) return dueSentence({ on: due.on, at: due.at }, reader, now);
  const day = dayWords(dayAt(reminder, reader.zone), dayAt(now, reader.zone), reader);
  return `You wanted to be reminded ${day} at ${timeWords(reminder, reader)}.`;
}

/** When a task is due, as a sentence in the reader’s zone and locale. */
export function dueSentence(due: { on: string; at: string | null }, reader: Reader, now: Temporal.Instant): string {
  const today = dayAt(now, reader.zone);
  if (due.at === null) return `${due.on < today ? 'Was due' : 'Due'} ${dayWords(due.on, today, reader)}.`;
  const at = Temporal.Instant.from(due.at);
  const isPast = Temporal.Instant.compare(at, now) < 0;
  const time = timeWords(at, reader);
  return `${isPast ? 'Was due' : 'Due'} ${dayWords(dayAt(at, reader.zone), today, reader)} at ${time}.`;
}

// A language without a country does not say how its people write times: `en` would be America’s 5:40 PM for all.
function timeWords(at: Temporal.Instant, { locale, zone }: Reader): string {
  const hours = locale.includes('-') ? {} : ({ hourCycle: 'h23' } as const);
  return at.toLocaleString(locale, { timeZone: zone, timeStyle: 'short', ...hours });
}

function dayWords(date: string, today: string, { locale }: Reader): string {
  const day = Temporal.PlainDate.from(date);
  const { days } = Temporal.PlainDate.from(today).until(day, { largestUnit: 'days' });
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return `on ${day.toLocaleString(locale, { dateStyle: 'full' })}`;
}
