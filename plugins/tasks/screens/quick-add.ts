/** What a line typed for a new task was understood as. */
export type Understood = {
  title: string;
  due: { date: string } | { at: string; zone: string } | null;
  estimateMinutes: number | null;
  labels: string[];
  priority: 'none' | 'low' | 'medium' | 'high';
};

/** What was read, and the words that it took. */
type Taken<Value> = { value: Value; at: number; length: number };

const joins = /^(on|by|at|for|to|until)$/i;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads `call Tamblyn thu 9:00 30m #harbour !high`: a day, a time, a length, labels, a priority; what is left is the
 * title. Of two days or times the last counts, because marks stand at the end; `by friday` is taken with its `by`.
 */
export function understand(line: string, now: Temporal.ZonedDateTime): Understood {
  const words = line.trim().split(/\s+/);
  const found: { day?: Taken<Temporal.PlainDate>; time?: Taken<Temporal.PlainTime>; minutes?: number } = {};
  const labels: string[] = [];
  const title = new Set<number>();
  let priority: Understood['priority'] = 'none';
  const take = <Value>(value: Value, at: number, length: number, before?: Taken<Value>): Taken<Value> => {
    for (let index = 0; before && index < before.length; index++) title.add(before.at + index);
    if (before && joins.test(words[before.at - 1] ?? '')) title.add(before.at - 1);
    if (joins.test(words[at - 1] ?? '')) title.delete(at - 1);
    return { value, at, length };
  };

  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const [day, length = 1] = dayAt(words, index, now.toPlainDate());
    const time = timeOf(word);
    const minutes = found.minutes ? undefined : minutesOf(word);
    const level = priorityOf(word);
    if (/^#[\p{L}\p{N}]/u.test(word)) labels.push(word.slice(1));
    else if (level) priority = level;
    else if (time) found.time = take(time, index, 1, found.time);
    else if (minutes) found.minutes = minutes;
    else if (day) {
      found.day = take(day, index, length, found.day);
      index += length - 1;
    } else title.add(index);
  }
  return {
    // A line of marks alone is meant as words.
    title: words.filter((_, index) => title.has(index)).join(' ') || line.trim(),
    due: dueOf(found.day?.value, found.time?.value, now),
    estimateMinutes: found.minutes ?? null,
    labels: [...new Set(labels)],
    priority,
  };
}

function dueOf(day: Temporal.PlainDate | undefined, time: Temporal.PlainTime | undefined, now: Temporal.ZonedDateTime) {
  if (!time) return day ? { date: day.toString() } : null;
  const zone = now.timeZoneId;
  const at = (day ?? now.toPlainDate()).toZonedDateTime({ timeZone: zone, plainTime: time });
  // A time alone is the next one: at noon, “9:00” is tomorrow’s.
  const isPast = !day && Temporal.ZonedDateTime.compare(at, now) <= 0;
  return { at: (isPast ? at.add({ days: 1 }) : at).toInstant().toString(), zone };
}

/** The day that begins at a word, and how many words it has. */
function dayAt(words: readonly string[], index: number, today: Temporal.PlainDate): [Temporal.PlainDate?, number?] {
  const word = words[index]!.toLowerCase().replace(/[,.]$/, '');
  if (word === 'today') return [today, 1];
  if (word === 'tomorrow') return [today.add({ days: 1 }), 1];
  const weekday = weekdays.findIndex(
    (name) => word === name || (word.length > 4 && word.endsWith('day') && word.startsWith(name)),
  );
  if (weekday >= 0) return [today.add({ days: (weekday + 8 - today.dayOfWeek) % 7 || 7 }), 1];
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return [dateOf(() => Temporal.PlainDate.from(word)), 1];
  const day = /^([12]?\d|3[01])\.?$/.exec(word)?.[1];
  const month = months.indexOf(words[index + 1]?.toLowerCase().slice(0, 3) ?? '');
  if (day === undefined || month < 0) return [];
  const date = dateOf(() =>
    Temporal.PlainDate.from({ year: today.year, month: month + 1, day: Number(day) }, { overflow: 'reject' }),
  );
  return [date && Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date, 2];
}

function dateOf(make: () => Temporal.PlainDate): Temporal.PlainDate | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function timeOf(word: string): Temporal.PlainTime | undefined {
  const [, hours, minutes = '0', half] =
    /^(\d{1,2}):(\d{2})$/.exec(word) ?? /^(\d{1,2})(?::(\d{2}))?([ap]m)$/i.exec(word) ?? [];
  if (hours === undefined) return undefined;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  return hour > 23 || Number(minutes) > 59 ? undefined : Temporal.PlainTime.from({ hour, minute: Number(minutes) });
}

/** `30m`, `2h`, `1h30`, `1.5h` in minutes. */
export function minutesOf(word: string): number | undefined {
  const [, hours, rest] = /^(\d{1,3}(?:[.,]\d)?)h(\d{1,2})?m?$/i.exec(word) ?? [];
  if (hours !== undefined) return Math.round(Number(hours.replace(',', '.')) * 60) + Number(rest ?? 0) || undefined;
  return Number(/^(\d{1,4})m(?:in)?$/i.exec(word)?.[1]) || undefined;
}

const priorityOf = (word: string): Understood['priority'] | undefined =>
  (({ '!': 'high', '!high': 'high', '!medium': 'medium', '!low': 'low' }) as const)[word.toLowerCase()];
