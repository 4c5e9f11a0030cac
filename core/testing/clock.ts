import type { Clock } from '@task-connect/sdk';

/** A clock that stands until it is moved. */
export type ManualClock = Clock & {
  advance(by: Temporal.DurationLike): void;
  set(to: Temporal.Instant): void;
};

export function manualClock(start: string | Temporal.Instant = Temporal.Now.instant()): ManualClock {
  let present = Temporal.Instant.from(start);
  return {
    now: () => present,
    advance(by) {
      present = present.toZonedDateTimeISO('UTC').add(by).toInstant();
    },
    set(to) {
      present = to;
    },
  };
}

/** The machine’s clock, for tests in which time only passes. */
export const machineClock: Clock = { now: () => Temporal.Now.instant() };
