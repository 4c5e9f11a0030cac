import { InvalidInput } from '@task-connect/sdk';
import { dayAt } from '../task/when.ts';
import type { NewWorkLog } from './work-log.ts';
import type { WorkLogRow } from './work-log-table.ts';

// When work began and ended: the rules, without a database.

export type WorkSpan = {
  startedAt: string;
  /** Null while the timer runs. */
  endedAt: string | null;
  seconds: number | null;
  /** False when only a length was given; such work may overlap other work. */
  placed: boolean;
  localDate: string;
  zone: string;
};

/** A client’s clock may be ahead by this much; what it calls the future is then taken as now. */
const skew = Temporal.Duration.from({ seconds: 60 });

/** Nobody works longer at a stretch; a longer one is a slip in the date. */
const longest = Temporal.Duration.from({ hours: 24 });

/** What the four ways to log work come to; `zone` is where the person is now. */
export function newSpan(given: NewWorkLog, now: Temporal.Instant, zone: string): WorkSpan {
  const { startedAt, endedAt, minutes } = given;
  if (endedAt && !startedAt) fault('/startedAt', 'Give the start as well, or `minutes` instead of the end.');
  if (endedAt && minutes) fault('/minutes', 'Give either the end or the minutes.');

  if (minutes && !startedAt) return span(now.subtract({ minutes }), now, zone, false);
  const start = startedAt ? notAfter(now, startedAt, '/startedAt') : now;
  if (minutes) return span(start, notAfter(now, start.add({ minutes }).toString(), '/minutes'), zone, true);
  return span(start, endedAt ? notAfter(now, endedAt, '/endedAt') : null, zone, true);
}

/** The span after a change; the zone stays the one in which the work was written. */
export function changedSpan(
  row: WorkLogRow,
  patch: { startedAt?: string; endedAt?: string },
  now: Temporal.Instant,
): WorkSpan {
  if (patch.startedAt === undefined && patch.endedAt === undefined) return keptSpan(row);
  const start = patch.startedAt ? notAfter(now, patch.startedAt, '/startedAt') : Temporal.Instant.from(row.started_at);
  const kept = row.ended_at === null ? null : Temporal.Instant.from(row.ended_at);
  const end = patch.endedAt ? notAfter(now, patch.endedAt, '/endedAt') : kept;
  return span(start, end, row.zone, true);
}

const keptSpan = (row: WorkLogRow): WorkSpan => ({
  startedAt: row.started_at,
  endedAt: row.ended_at,
  seconds: row.seconds,
  placed: row.placed,
  localDate: row.local_date,
  zone: row.zone,
});

/** The span of a timer that is stopped now. */
export const stoppedSpan = (row: WorkLogRow, now: Temporal.Instant): WorkSpan => {
  const start = Temporal.Instant.from(row.started_at);
  // A clock that was set back must not make a length below zero.
  const end = Temporal.Instant.compare(now, start) < 0 ? start : now;
  return { ...written(start, end, row.zone), placed: true };
};

function span(start: Temporal.Instant, end: Temporal.Instant | null, zone: string, placed: boolean): WorkSpan {
  if (end && Temporal.Instant.compare(end, start) <= 0) fault('/endedAt', 'The end is not after the start.');
  if (end && Temporal.Duration.compare(start.until(end), longest) > 0) {
    fault('/endedAt', 'This is more than 24 hours; look at the dates, or log it in parts.');
  }
  return { ...written(start, end, zone), placed };
}

const written = (start: Temporal.Instant, end: Temporal.Instant | null, zone: string) => ({
  startedAt: start.toString(),
  endedAt: end?.toString() ?? null,
  seconds: end && Math.round(start.until(end).total('seconds')),
  localDate: dayAt(start, zone),
  zone,
});

function notAfter(now: Temporal.Instant, at: string, pointer: string): Temporal.Instant {
  const instant = Temporal.Instant.from(at);
  if (Temporal.Instant.compare(instant, now.add(skew)) > 0) fault(pointer, 'This lies in the future.');
  return Temporal.Instant.compare(instant, now) > 0 ? now : instant;
}

function fault(pointer: string, detail: string): never {
  throw new InvalidInput({ errors: [{ pointer, detail }] });
}

/** Whether the work of a row lies at just that time already. */
export const sameSpan = (row: WorkLogRow, span: WorkSpan): boolean =>
  sameInstant(row.started_at, span.startedAt) && sameInstant(row.ended_at, span.endedAt) && row.placed === span.placed;

const sameInstant = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : Temporal.Instant.from(one).equals(Temporal.Instant.from(other));
