import type { MinuteCount } from '../../events/event-counts.ts';

// How many a minute, from counts by the minute. Pure.

const averaged = 5;

/** An average of the last five minutes. */
export function rateOf(counts: readonly Pick<MinuteCount, 'minute' | 'count'>[], now: Temporal.Instant): number {
  const from = now.subtract({ minutes: averaged });
  const sum = counts
    .filter(({ minute }) => Temporal.Instant.compare(Temporal.Instant.from(minute), from) > 0)
    .reduce((total, { count }) => total + count, 0);
  return Math.round((sum / averaged) * 10) / 10;
}

/** The last sixty minutes, oldest first; the present one is not over and is left out. */
export function ratesByMinute(
  counts: readonly Pick<MinuteCount, 'minute' | 'count'>[],
  now: Temporal.Instant,
): number[] {
  const minutes = new Array<number>(60).fill(0);
  const present = now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
  for (const { minute, count } of counts) {
    const ago = Temporal.Instant.from(minute).until(present).total('minutes');
    if (ago >= 1 && ago <= 60) minutes[60 - ago]! += count;
  }
  return minutes;
}
