import type { Bars } from './BarPlot.tsx';
import css from './chart.module.css';

/** Bars lying beside their names; each value is written at its end, so it is a list for those who hear it. */
export function BarRows({ rows, series, stacked, part, text, total }: Bars) {
  return (
    <ul className={css.rows}>
      {rows.map((row) => (
        <li key={row.key}>
          <span className={css.name} dir="auto">
            {row.label}
          </span>
          {stacked ? (
            <span className={css.bars} data-stacked>
              {series.map(({ key, name, hue }, index) => (
                <i
                  key={key}
                  className={css.bar}
                  data-series={index}
                  data-hue={hue}
                  title={`${name}: ${text(row.values[key] ?? 0)}`}
                  style={{ width: `${part(row.values[key] ?? 0) * 100}%` }}
                />
              ))}
            </span>
          ) : (
            <span className={css.bars}>
              {series.map(({ key, hue }, index) => (
                <i
                  key={key}
                  className={css.bar}
                  data-series={index}
                  data-hue={hue}
                  style={{ width: `${part(row.values[key] ?? 0) * 100}%` }}
                />
              ))}
            </span>
          )}
          <span className={css.values}>
            {stacked ? (
              <Value of={total(row)} text={text} name={undefined} />
            ) : (
              series.map(({ key, name }) => (
                <Value key={key} of={row.values[key] ?? 0} text={text} name={series.length > 1 ? name : undefined} />
              ))
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Value({ of, text, name }: { of: number; text(value: number): string; name: string | undefined }) {
  return (
    <span data-zero={of === 0 || undefined}>
      {name && <span className={css.hidden}>{name}: </span>}
      {text(of)}
    </span>
  );
}
