import { type ReactNode, Suspense } from 'react';
import css from './chart.module.css';

type ChartFrameProps = { title: string; height: number; children: ReactNode };

/** Holds the place of a chart until its code is there, so that nothing moves. */
export function ChartFrame({ title, height, children }: ChartFrameProps) {
  return (
    <figure className={css.chart} aria-label={title}>
      <Suspense
        fallback={
          <>
            <div className={css.head}>
              <span>{title}</span>
            </div>
            <div style={{ height: height + 24 }} />
          </>
        }
      >
        {children}
      </Suspense>
    </figure>
  );
}
