import { lazy } from 'react';
import { ChartFrame } from './ChartFrame.tsx';

export type LineSeries = {
  name: string;
  /** In order of time, instants of ISO 8601; null is a gap. */
  points: readonly { at: string; value: number | null }[];
};

export type LineChartProps = {
  title: string;
  /** Stands behind the values: `ms`, `/s`. */
  unit?: string;
  /** The first is a line over a soft fill, the second dashed, a third dotted. */
  series: readonly LineSeries[];
  /** What was odd, named where it was: `{ at, text: '2 × 502, tunnel' }`. */
  marks?: readonly { at: string; text: string }[];
  /** Writes a value; by the person’s locale without it. */
  format?(value: number): string;
  /** The stretch of time; that of the points without it. */
  from?: string;
  to?: string;
  /** Of the plot, in pixels. */
  height?: number;
};

const Plot = lazy(async () => ({ default: (await import('./LinePlot.tsx')).LinePlot }));

/** How a number went over time. Its table is behind “as table”, and the arrows read it value by value. */
export function LineChart(props: LineChartProps) {
  return (
    <ChartFrame title={props.title} height={props.height ?? 64}>
      <Plot {...props} />
    </ChartFrame>
  );
}
