import { translator } from '../words/t.ts';
import css from './track.module.css';

const t = translator('console');

export type TrackCell = {
  state: 'ok' | 'degraded' | 'failed' | 'off';
  /** What it was and when: “10:00–11:00: degraded, 3 × 502”. */
  title: string;
};

type TrackProps = {
  /** What the cells are of: “Cache, 24 hours”. */
  label: string;
  cells: readonly TrackCell[];
};

/** A stretch of time in cells: a part’s 24 hours, a plugin’s 30 days. Grey is well, amber degraded, red failed. */
export function Track({ label, cells }: TrackProps) {
  return (
    <span className={css.track} role="img" aria-label={`${label}: ${spoken(cells)}`}>
      {cells.map(({ state, title }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in time
        <span key={index} data-state={state} title={title} />
      ))}
    </span>
  );
}

/** What stands out, in words; the cells themselves are for the eye. */
function spoken(cells: readonly TrackCell[]): string {
  const odd = cells.filter(({ state }) => state === 'degraded' || state === 'failed');
  if (cells.length === 0) return t('nothing is known yet');
  if (odd.length === 0) return cells.every(({ state }) => state === 'off') ? t('off') : t('all well');
  const named = odd.slice(-3).map(({ title }) => title);
  if (odd.length > named.length) named.unshift(t('{n} times not well, at last', { n: odd.length }));
  return named.join('; ');
}
