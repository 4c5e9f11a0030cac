import type { LineChartProps } from './LineChart.tsx';
import { type PlotPoint, roundAbove, roundBelow } from './plot.ts';

/** A line chart laid out: every instant of any series once, and each series’ value at it. */
export type LineShape = {
  instants: readonly number[];
  /** By series, by instant. */
  values: readonly (readonly (number | null)[])[];
  points: readonly (readonly PlotPoint[])[];
  from: number;
  to: number;
  top: number;
  bottom: number;
  /** The first series’ largest value and where it was; undefined without any value. */
  peak: { value: number; at: number } | undefined;
  /** Index of the last instant at which the first series has a value. */
  last: number | undefined;
};

const milliseconds = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;

/** Lays out the series of a line chart on one scale. */
export function lineShape({ series, from, to }: Pick<LineChartProps, 'series' | 'from' | 'to'>): LineShape {
  const read = series.map(({ points }) => new Map(points.map(({ at, value }) => [milliseconds(at), value])));
  const instants = [...new Set(read.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);
  const begin = from ? milliseconds(from) : (instants[0] ?? 0);
  const end = to ? milliseconds(to) : (instants.at(-1) ?? begin);
  const values = read.map((points) => instants.map((instant) => points.get(instant) ?? null));
  const known = values.flat().filter((value) => value !== null);
  const top = roundAbove(Math.max(0, ...known));
  const bottom = roundBelow(Math.min(0, ...known));
  const x = (instant: number) => (end > begin ? (instant - begin) / (end - begin) : 0.5);
  const y = (value: number | null) => (value === null ? null : (value - bottom) / (top - bottom));
  const first = values[0] ?? [];
  const most = Math.max(...first.map((value) => value ?? Number.NEGATIVE_INFINITY));
  const peakAt = first.indexOf(most);
  const last = first.findLastIndex((value) => value !== null);
  return {
    instants,
    values,
    // Another series’ instants are no gaps of this one.
    points: read.map((points) => [...points].map(([instant, value]) => ({ x: x(instant), y: y(value) }))),
    from: begin,
    to: end,
    top,
    bottom,
    peak: peakAt === -1 ? undefined : { value: most, at: instants[peakAt]! },
    last: last === -1 ? undefined : last,
  };
}
