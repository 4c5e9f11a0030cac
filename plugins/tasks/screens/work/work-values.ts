import type { Values } from '@task-connect/console';
import type { WorkLog } from '../queries.ts';

/** Work as the form’s values, in the clock of the person’s zone. */
export function valuesOfWork(log: WorkLog, zone: string): Values {
  const start = Temporal.Instant.from(log.startedAt).toZonedDateTimeISO(zone);
  const end = log.endedAt === null ? null : Temporal.Instant.from(log.endedAt).toZonedDateTimeISO(zone);
  return {
    day: start.toPlainDate().toString(),
    from: clock(start),
    to: end && clock(end),
    task: log.task,
    note: log.note || null,
  };
}

const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'minute' });

export type Span = { startedAt: string; endedAt: string };

/** When work was, as it was typed; an end that is not after the start is of the next day. Undefined where that is none. */
export function spanOfWork({ day, from, to }: Values, zone: string): Span | undefined {
  if (typeof day !== 'string' || typeof from !== 'string' || typeof to !== 'string') return undefined;
  if (day === '' || from === '' || to === '') return undefined;
  const date = Temporal.PlainDate.from(day);
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
  const start = at(date, from);
  const end = at(to > from ? date : date.add({ days: 1 }), to);
  return { startedAt: start.toString(), endedAt: end.toString() };
}

/** What of work is different now. A time that was not touched stays to the second, also in the hour that comes twice. */
export function patchOfWork(log: WorkLog, values: Values, zone: string) {
  const before = valuesOfWork(log, zone);
  const differs = (...names: string[]) => names.some((name) => before[name] !== values[name]);
  const span = spanOfWork(values, zone);
  return {
    ...(differs('task') && { task: (values.task as string | null) || null }),
    ...(differs('note') && { note: (values.note as string | null) ?? '' }),
    ...(span && differs('day', 'from') && { startedAt: span.startedAt }),
    ...(span && differs('day', 'to') && { endedAt: span.endedAt }),
  };
}
