import { Button } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTimeStyle } from '../time/now.ts';
import { translator } from '../words/t.ts';
import css from './data-table.module.css';

const t = translator('console');

type DataTableFootProps = {
  more: (() => void) | undefined;
  total: number | undefined;
  shown: number;
  chosen: number | undefined;
};

/** How much of it is shown, and the way to more; when it comes into sight, more is read by itself. */
export function DataTableFoot({ more, total, shown, chosen }: DataTableFootProps) {
  const { locale } = useTimeStyle();
  const foot = useRef<HTMLDivElement>(null);
  const asked = useRef(-1);
  const readOn = useEffectEvent(() => {
    // Once for each end: where the next page does not come, the button stays and nothing asks in circles.
    if (!more || asked.current === shown) return;
    asked.current = shown;
    more();
  });
  const hasMore = more !== undefined;
  // Anew for each page: one that is still in sight after the next page has come tells of no change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown
  useEffect(() => {
    if (!hasMore || !foot.current) return undefined;
    const watch = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && readOn(), {
      rootMargin: '600px',
    });
    watch.observe(foot.current);
    return () => watch.disconnect();
  }, [hasMore, shown]);
  const number = (value: number) => value.toLocaleString(locale);
  return (
    <>
      {chosen !== undefined && (
        <span className={css.hidden} aria-live="polite">
          {chosen > 0 ? t('Chosen rows: {n}', { n: number(chosen) }) : ''}
        </span>
      )}
      {(more || total !== undefined) && (
        <div className={css.foot} ref={foot}>
          {more && <Button onClick={more}>{t('Show more')}</Button>}
          {total !== undefined && (
            <span>{t('{shown} of {total}', { shown: number(shown), total: number(total) })}</span>
          )}
        </div>
      )}
    </>
  );
}
