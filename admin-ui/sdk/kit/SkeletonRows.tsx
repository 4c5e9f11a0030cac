import { Skeleton } from '@mantine/core';
import { translator } from '../words/t.ts';
import css from './skeleton-rows.module.css';

const t = translator('console');
const widths = ['46%', '62%', '38%', '54%', '70%', '42%'];

type SkeletonRowsProps = { rows?: number; height?: string };

/** The shape of rows that are on their way; shown after 150 ms, and still. */
export function SkeletonRows({ rows = 4, height = 'var(--row)' }: SkeletonRowsProps) {
  return (
    <div className={css.rows} role="status" aria-label={t('Loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <div key={index} className={css.row} style={{ height }}>
          <Skeleton width={16} height={16} />
          <Skeleton width={widths[index % widths.length]} height={10} />
          <Skeleton width={44} height={10} />
        </div>
      ))}
    </div>
  );
}
