import { eventBounds, requestBounds } from '../../observability/metrics.ts';
import { quantileOf } from '../../observability/quantile.ts';
import { inARow, type Sample } from '../../observability/sample.ts';
import { type Kept, slotOf } from './thin.ts';

// From what was kept to the lines of charts.

export const ranges = {
  '1h': { seconds: 3600, step: 60, grain: 'minutes' },
  '6h': { seconds: 6 * 3600, step: 300, grain: 'minutes' },
  '24h': { seconds: 24 * 3600, step: 600, grain: 'ten-minutes' },
  '7d': { seconds: 7 * 24 * 3600, step: 3600, grain: 'ten-minutes' },
} as const;
export type Range = keyof typeof ranges;

/** The stretches of a range, oldest first; the last one is still going on. */
export function slotsOf(range: Range, now: Temporal.Instant): Temporal.Instant[] {
  const { seconds, step } = ranges[range];
  const last = slotOf(now, step);
  const count = seconds / step;
  return Array.from({ length: count }, (_, at) => last.subtract({ seconds: (count - 1 - at) * step }));
}

const lines = {
  /** Requests a second. */
  requests: ({ requests, seconds }: Sample) => (seconds > 0 ? requests / seconds : null),
  /** Milliseconds within which 95 of 100 were answered. */
  answerTime: ({ requestTimes }: Sample) => thousand(quantileOf(requestBounds, requestTimes, 0.95)),
  /** Of 100 requests. */
  errors: ({ requests, errors }: Sample) => (requests > 0 ? (100 * errors) / requests : null),
  /** Seconds from a change to what handled its event, for 95 of 100. */
  eventLag: ({ eventTimes }: Sample) => quantileOf(eventBounds, eventTimes, 0.95),
  memory: ({ memoryBytes }: Sample) => memoryBytes,
  connections: ({ connections }: Sample) => connections,
  connectionsWaiting: ({ connectionsWaiting }: Sample) => connectionsWaiting,
  queueWaiting: ({ queues }: Sample) => Object.values(queues).reduce((sum, [waiting]) => sum + waiting, 0),
  queueOldest: ({ queues }: Sample) => Math.max(0, ...Object.values(queues).map(([, oldest]) => oldest)),
} satisfies Record<string, (sample: Sample) => number | null>;

export type Line = keyof typeof lines;
export const lineNames = Object.keys(lines) as Line[];
export type Series = Record<Line, (number | null)[]>;

const thousand = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
/** Four digits that count: more would be noise, and bytes. */
export const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(4)));

/** A value for each stretch; null where nobody looked. */
export function seriesOf(kept: readonly Kept[], range: Range, now: Temporal.Instant): Series {
  const bySlot = Map.groupBy(kept, ({ at }) => slotOf(at, ranges[range].step).epochMilliseconds);
  const samples = slotsOf(range, now).map((at) => {
    const inSlot = bySlot.get(at.epochMilliseconds);
    return inSlot && inARow(inSlot.map(({ sample }) => sample));
  });
  return Object.fromEntries(
    lineNames.map((name) => [name, samples.map((sample) => (sample ? rounded(lines[name](sample)) : null))]),
  ) as Series;
}

/** How often a part’s state is drawn for the last 24 hours. */
export const partCells = 48;
const cellSeconds = (24 * 3600) / partCells;

/** Of each part the worst state and latency for each half hour of the last 24; null where nobody looked. */
export function partsOf(kept: readonly Kept[], now: Temporal.Instant) {
  const last = slotOf(now, cellSeconds);
  const bySlot = Map.groupBy(kept, ({ at }) => slotOf(at, cellSeconds).epochMilliseconds);
  const samples = Array.from({ length: partCells }, (_, index) => {
    const at = last.subtract({ seconds: (partCells - 1 - index) * cellSeconds });
    const inSlot = bySlot.get(at.epochMilliseconds);
    return inSlot && inARow(inSlot.map(({ sample }) => sample)).parts;
  });
  return (name: string) => ({
    states: samples.map((parts) => parts?.[name]?.[0] ?? null),
    latencies: samples.map((parts) => parts?.[name]?.[1] ?? null),
    from: last.subtract({ seconds: (partCells - 1) * cellSeconds }).toString(),
  });
}
