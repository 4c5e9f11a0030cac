import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from 'react';
import { clockTime, momentText } from '../time/format.ts';
import { useTimeStyle } from '../time/now.ts';
import { translator } from '../words/t.ts';
import { ChartHead } from './ChartHead.tsx';
import { ChartTable } from './ChartTable.tsx';
import css from './chart.module.css';
import type { LineChartProps } from './LineChart.tsx';
import { type LineShape, lineShape } from './line-shape.ts';
import { areaPath, linePath } from './plot.ts';

const t = translator('console');
const width = 400;
const day = 86_400_000;

/** What `LineChart` shows; its own chunk. */
export function LinePlot({ title, unit, series, marks = [], format, from, to, height = 64 }: LineChartProps) {
  const style = useTimeStyle();
  const id = useId();
  const [at, setAt] = useState<number>();
  const [asTable, setAsTable] = useState(false);
  const shape = useMemo(() => lineShape({ series, from, to } as LineChartProps), [series, from, to]);
  const number = format ?? ((value: number) => value.toLocaleString(style.locale, { maximumSignificantDigits: 3 }));
  const withUnit = (value: number) => (unit ? `${number(value)} ${unit}` : number(value));
  const long = shape.to - shape.from > day;
  const timeOf = (instant: number) => {
    const moment = Temporal.Instant.fromEpochMilliseconds(instant);
    return long ? momentText(moment, style) : clockTime(moment, style);
  };
  const shown = at ?? shape.last;
  const value = shown === undefined ? undefined : (shape.values[0]?.[shown] ?? undefined);
  const said = [
    value === undefined
      ? t('no value')
      : t('{value} at {time}', { value: withUnit(value), time: timeOf(shape.instants[shown!]!) }),
    shape.peak && t('at most {value} at {time}', { value: withUnit(shape.peak.value), time: timeOf(shape.peak.at) }),
    ...marks.map((mark) => `${timeOf(Temporal.Instant.from(mark.at).epochMilliseconds)}: ${mark.text}`),
  ].filter(Boolean);

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(nearest(shape, (event.clientX - box.left) / box.width));
  };
  const press = (event: KeyboardEvent) => {
    const end = shape.instants.length - 1;
    const here = at ?? shape.last ?? 0;
    const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: end, Escape: undefined }[event.key];
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) || next === undefined) return;
    event.preventDefault();
    setAt(Math.min(end, Math.max(0, next)));
  };
  if (asTable) {
    return (
      <>
        <ChartHead title={title} asTable onTable={() => setAsTable(false)} />
        <ChartTable
          label={title}
          head={[t('Time'), ...series.map((one) => (unit ? `${one.name}, ${unit}` : one.name))]}
          rows={shape.instants.map((instant, index) => [
            timeOf(instant),
            ...shape.values.map((values) => (values[index] === null ? '–' : number(values[index]!))),
          ])}
        />
      </>
    );
  }
  const x = (instant: number) => (shape.to > shape.from ? (instant - shape.from) / (shape.to - shape.from) : 0.5);
  return (
    <>
      <ChartHead
        title={title}
        value={value === undefined ? '–' : number(value)}
        unit={unit}
        note={at === undefined ? undefined : timeOf(shape.instants[at]!)}
        onTable={() => setAsTable(true)}
      />
      <div
        className={css.plot}
        style={{ height }}
        role="slider"
        tabIndex={0}
        aria-label={t('{title}, moment', { title })}
        aria-describedby={id}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, shape.instants.length - 1)}
        aria-valuenow={shown ?? 0}
        aria-valuetext={said[0]!}
        onPointerMove={point}
        onPointerLeave={() => setAt(undefined)}
        onKeyDown={press}
        onBlur={() => setAt(undefined)}
      >
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {[0, 0.5, 1].map((y) => (
            <line key={y} className={css.grid} x1="0" x2={width} y1={y * height} y2={y * height} />
          ))}
          <path
            className={css.area}
            d={areaPath(shape.points[0] ?? [], width, height, -shape.bottom / (shape.top - shape.bottom))}
          />
          {shape.points.map((points, index) => (
            <path
              key={series[index]!.name}
              className={css.line}
              data-series={index}
              d={linePath(points, width, height)}
            />
          ))}
        </svg>
        {marks.map((mark) => (
          <span
            key={mark.at + mark.text}
            className={css.mark}
            style={{ left: percent(x(Temporal.Instant.from(mark.at).epochMilliseconds)) }}
          />
        ))}
        {at !== undefined && <span className={css.cursor} style={{ left: percent(x(shape.instants[at]!)) }} />}
      </div>
      <div className={css.foot} aria-hidden="true">
        <span>{timeOf(shape.from)}</span>
        <span className={css.named}>
          {marks.length > 0
            ? said.slice(2).join('; ')
            : shape.peak && t('peak {value}', { value: number(shape.peak.value) })}
        </span>
        <span>{timeOf(shape.to)}</span>
      </div>
      {series.length > 1 && (
        <Legend
          names={series.map((one) => one.name)}
          values={shape.values.map((one) => (shown === undefined ? null : (one[shown] ?? null)))}
          number={number}
        />
      )}
      <p id={id} className={css.hidden}>
        {said.join('; ')}
      </p>
    </>
  );
}

const percent = (part: number) => `${Math.min(1, Math.max(0, part)) * 100}%`;

function nearest({ instants, from, to }: LineShape, part: number): number | undefined {
  const wanted = from + part * (to - from);
  let best: number | undefined;
  for (const [index, instant] of instants.entries()) {
    if (best === undefined || Math.abs(instant - wanted) < Math.abs(instants[best]! - wanted)) best = index;
  }
  return best;
}

type LegendProps = { names: readonly string[]; values: readonly (number | null)[]; number(value: number): string };

function Legend({ names, values, number }: LegendProps) {
  return (
    <div className={css.legend}>
      {names.map((name, index) => (
        <span key={name}>
          <svg width="18" height="6" viewBox="0 0 18 6" aria-hidden="true">
            <path className={css.line} data-series={index} d="M0 3H18" />
          </svg>
          {name} <b>{values[index] === null || values[index] === undefined ? '–' : number(values[index])}</b>
        </span>
      ))}
    </div>
  );
}
