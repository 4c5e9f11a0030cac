import { translator } from '../words/t.ts';
import css from './chart.module.css';

const t = translator('console');

type ChartHeadProps = {
  title: string;
  /** The current value. */
  value?: string;
  unit?: string | undefined;
  /** When it was, while one looks at another moment. */
  note?: string | undefined;
  asTable?: boolean;
  onTable(): void;
};

/** A chart’s title, the value now, and the way to the table. */
export function ChartHead({ title, value, unit, note, asTable = false, onTable }: ChartHeadProps) {
  return (
    <div className={css.head}>
      <span>{title}</span>
      <button type="button" className={css.toTable} onClick={onTable} aria-pressed={asTable}>
        {asTable ? t('as chart') : t('as table')}
      </button>
      {value !== undefined && (
        <span className={css.now}>
          {note && <small>{note}</small>} <b>{value}</b>
          {unit && <small> {unit}</small>}
        </span>
      )}
    </div>
  );
}
