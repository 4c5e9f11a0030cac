import { lazy } from 'react';
import type { Hue } from '../kit/hue.ts';
import { ChartFrame } from './ChartFrame.tsx';

export type BarChartProps = {
  title: string;
  unit?: string;
  rows: readonly { key: string; label: string; values: Readonly<Record<string, number>> }[];
  /** One bar of each row is of one series; with a hue where series are plugins or projects. */
  series: readonly { key: string; name: string; hue?: Hue }[];
  format?(value: number): string;
  /** The bars of a row one on the other. */
  stacked?: boolean;
  /** Rows with their names at the left, or columns with names below, for many that follow each other such as days. */
  as?: 'rows' | 'columns';
  /** Of the columns, in pixels. */
  height?: number;
};

const Plot = lazy(async () => ({ default: (await import('./BarPlot.tsx')).BarPlot }));

/** Numbers beside each other, by project, by day. Its table is behind “as table”. */
export function BarChart(props: BarChartProps) {
  return (
    <ChartFrame title={props.title} height={props.height ?? 120}>
      <Plot {...props} />
    </ChartFrame>
  );
}
