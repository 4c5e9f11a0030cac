import type { Bars } from './BarPlot.tsx';
import css from './chart.module.css';

/** Bars standing in order, as days do; names below at both ends and between where there is room. */
export function BarColumns({ rows, series, stacked, part, text, total, height }: Bars & { height: number }) {
  const every = Math.max(1, Math.ceil(rows.length / 8));
  return (
    <ul className={css.columns}>
      {rows.map((row, index) => {
        const said = series.map(({ key, name }) =>
          series.length > 1 ? `${name} ${text(row.values[key] ?? 0)}` : text(row.values[key] ?? 0),
        );
        return (
          <li key={row.key} title={`${row.label}: ${said.join(', ')}`}>
            <span className={css.stand} style={{ height }} data-stacked={stacked || undefined}>
              {series.map(({ key, hue }, place) => (
                <i
                  key={key}
                  className={css.bar}
                  data-series={place}
                  data-hue={hue}
                  style={{ height: `${part(row.values[key] ?? 0) * 100}%` }}
                />
              ))}
            </span>
            <span
              className={css.hidden}
            >{`${row.label}: ${said.join(', ')}${stacked && series.length > 1 ? ` (${text(total(row))})` : ''}`}</span>
            <span className={css.below} aria-hidden="true">
              {index % every === 0 && index + every / 2 <= rows.length ? row.label : ''}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
