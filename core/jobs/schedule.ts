import { Cron, CronPattern } from 'croner';
import { nearest } from '../config/nearest.ts';

// When a job runs. Pure: every "now" is an argument.
//
// What a clock change does, in the zone of the job:
// - An expression with fixed times (no * and no step in second, minute and hour, as in `30 2 * * *` or `0 9-17 * * *`)
//   names times of the day. A time that the change leaves out runs at the first moment after the gap; a time that comes
//   twice runs at its first coming.
// - Any other (`*/15 * * * *`, `0 * * * *`) goes with time as it passes: it stays even, so what is left out is
//   left out and what comes twice runs twice.
//
// croner reads the expression and finds the next matching time of the calendar, with no zone at all; the step between
// the calendar and instants is ours, by Temporal.

export class ScheduleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScheduleError';
  }
}

/** What becomes of runs that were missed: one for all, each (the newest hundred), or none. */
export type LateRule = 'run-once' | 'run-all' | 'skip';

const atMost = 100;
const onTimeWithin = Temporal.Duration.from({ minutes: 1 });

/** A sentence about what is wrong with an expression or a zone; undefined when nothing is. */
export function faultInSchedule(cron: string, zone: string): string | undefined {
  try {
    const { nextTime } = calendarOf(cron);
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    // Any day to begin with will do, since croner looks centuries ahead.
    if (nextTime(Temporal.PlainDateTime.from('2000-01-01'))) return undefined;
    return `The cron expression “${cron}” names a day that never comes. Correct day or month.`;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    const near = nearest(zone, Intl.supportedValuesOf('timeZone')) ?? 'Europe/Berlin';
    return `There is no time zone “${zone}”. Give an IANA name such as ${near}.`;
  }
}

/** The first run after an instant; undefined when there is none. Throws ScheduleError for an expression with a fault. */
export const nextRun = (cron: string, zone: string, after: Temporal.Instant): Temporal.Instant | undefined =>
  runsOf(cron, zone)(after);

/**
 * What is to be run at `now`, each with the time that it was planned for, oldest first. `last` is the planned time of
 * the run before (or when the job was switched on). `run-once` gives the newest missed run alone; `skip` gives it only
 * within the minute in which it is still on time.
 */
export function missedRuns(
  cron: string,
  zone: string,
  last: Temporal.Instant,
  now: Temporal.Instant,
  late: LateRule,
): Temporal.Instant[] {
  const runs = newestRuns(runsOf(cron, zone), last, now, late === 'run-all' ? atMost : 1);
  return late === 'skip' ? runs.filter((run) => Temporal.Instant.compare(run.add(onTimeWithin), now) >= 0) : runs;
}

type Runs = (after: Temporal.Instant) => Temporal.Instant | undefined;

// Backwards in windows that double, so that a year of missed minutes costs no more than the runs that are wanted.
function newestRuns(next: Runs, last: Temporal.Instant, now: Temporal.Instant, limit: number): Temporal.Instant[] {
  for (let hours = 1; ; hours *= 2) {
    const begin = now.subtract({ hours });
    const whole = Temporal.Instant.compare(begin, last) <= 0;
    const runs: Temporal.Instant[] = [];
    for (let run = next(whole ? last : begin); run && Temporal.Instant.compare(run, now) <= 0; run = next(run)) {
      runs.push(run);
    }
    if (whole || runs.length >= limit) return runs.slice(-limit);
  }
}

function runsOf(cron: string, zone: string): Runs {
  const { fixed, nextTime } = calendarOf(cron);
  return (after) => (fixed ? nextFixed : nextEven)(nextTime, after.toZonedDateTimeISO(zone));
}

type NextTime = (after: Temporal.PlainDateTime) => Temporal.PlainDateTime | undefined;

function nextFixed(nextTime: NextTime, after: Temporal.ZonedDateTime): Temporal.Instant | undefined {
  // More than one turn only where a time that comes a second time is passed over.
  for (let time = nextTime(after.toPlainDateTime()); time; time = nextTime(time)) {
    const run = firstComing(time, after.timeZoneId);
    if (Temporal.Instant.compare(run, after.toInstant()) > 0) return run;
  }
  return undefined;
}

function firstComing(time: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const found = time.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(time)) return found.toInstant();
  // The time lies in a gap, and `earlier` is the moment as far before the gap.
  return (found.getTimeZoneTransition('next') ?? found).toInstant();
}

function nextEven(nextTime: NextTime, after: Temporal.ZonedDateTime): Temporal.Instant | undefined {
  let from: Temporal.ZonedDateTime | null = after;
  let begin = after.toPlainDateTime();
  while (from) {
    const time = nextTime(begin);
    if (!time) return undefined;
    const run = time.toZonedDateTime('UTC').toInstant().subtract({ nanoseconds: from.offsetNanoseconds });
    const change: Temporal.ZonedDateTime | null = from.getTimeZoneTransition('next');
    if (!change || Temporal.Instant.compare(run, change.toInstant()) < 0) return run;
    // The run would come after the next change, where the clock shows something else: look again from there.
    from = change;
    begin = change.toPlainDateTime().subtract({ seconds: 1 });
  }
  return undefined;
}

function calendarOf(cron: string): { fixed: boolean; nextTime: NextTime } {
  // croner puts the present time for a question mark, and that must not decide when a job runs.
  if (cron.includes('?')) throw unreadable(cron, 'it holds a ?');
  try {
    const calendar = new Cron(cron, { mode: '5-or-6-parts', timezone: 'UTC', paused: true });
    const pattern = new CronPattern(cron, 'UTC', { mode: '5-or-6-parts', fixedTimeRule: 'no-wildcard' });
    return {
      fixed: pattern.isFixedTime,
      nextTime(after) {
        const next = calendar.nextRun(new Date(after.toZonedDateTime('UTC').epochMilliseconds));
        if (!next) return undefined;
        return Temporal.Instant.fromEpochMilliseconds(next.getTime()).toZonedDateTimeISO('UTC').toPlainDateTime();
      },
    };
  } catch (error) {
    throw unreadable(cron, (error as Error).message.replace(/^CronPattern: /, '').replace(/\.$/, ''));
  }
}

const unreadable = (cron: string, why: string) =>
  new ScheduleError(
    `The cron expression “${cron}” cannot be read: ${why}. Give minute, hour, day, month and weekday, such as 30 7 * * 1-5.`,
  );
