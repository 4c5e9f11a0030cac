import { useState } from 'react';
import { useTimeStyle } from '../time/now.ts';
import { translator } from '../words/t.ts';
import type { BarChartProps } from './BarChart.tsx';
import { BarColumns } from './BarColumns.tsx';
import { BarRows } from './BarRows.tsx';
import { ChartHead } from './ChartHead.tsx';
import { ChartTable } from './ChartTable.tsx';
import css from './chart.module.css';

const t = translator('console');

/** A chart of bars ready to be drawn: values written, parts between 0 and 1. */
export type Bars = Pick<BarChartProps, 'rows' | 'series'> & {
  stacked: boolean;
  /** The part of the whole length that a value takes. */
  part(value: number): number;
  text(value: number): string;
  total(row: BarChartProps['rows'][number]): number;
};

/** What `BarChart` shows; its own chunk. */
export function BarPlot({ title, unit, rows, series, format, stacked = false, as, height = 120 }: BarChartProps) {
  const { locale } = useTimeStyle();
  const [asTable, setAsTable] = useState(false);
  const number = format ?? ((value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 }));
  const text = (value: number) => (unit ? `${number(value)} ${unit}` : number(value));
  const total = (row: BarChartProps['rows'][number]) =>
    series.reduce((sum, { key }) => sum + (row.values[key] ?? 0), 0);
  const most = Math.max(
    0,
    ...rows.map((row) => (stacked ? total(row) : Math.max(0, ...series.map(({ key }) => row.values[key] ?? 0)))),
  );
  const bars: Bars = {
    rows,
    series,
    stacked,
    text,
    total,
    part: (value) => (most > 0 ? Math.max(0, value) / most : 0),
  };
  const columns = as === undefined ? rows.length > 8 && rows.every(({ label }) => label.length <= 8) : as === 'columns';
  return (
    <>
      <ChartHead title={title} asTable={asTable} onTable={() => setAsTable(!asTable)} />
      {asTable ? (
        <ChartTable
          label={title}
          head={[
            '',
            ...series.map(({ name }) => (unit ? `${name}, ${unit}` : name)),
            ...(stacked && series.length > 1 ? [t('Sum')] : []),
          ]}
          rows={rows.map((row) => [
            row.label,
            ...series.map(({ key }) => number(row.values[key] ?? 0)),
            ...(stacked && series.length > 1 ? [number(total(row))] : []),
          ])}
        />
      ) : (
        <>
          {columns ? <BarColumns {...bars} height={height} /> : <BarRows {...bars} />}
          {series.length > 1 && (
            <div className={css.legend}>
              {series.map(({ key, name, hue }, index) => (
                <span key={key}>
                  <i className={css.sample} data-series={index} data-hue={hue} />
                  {name}
                </span>
              ))}
            </div>
          )}
        </>
      )}
    </>
  );
}
