import type { ReactNode } from 'react';
import { Link } from '../route/Link.tsx';
import { DateTime } from '../time/DateTime.tsx';
import { Status, type StatusKind } from './Status.tsx';
import css from './timeline.module.css';

export type TimelineItem = {
  id: string;
  /** An instant, ISO 8601. */
  at: string;
  /** What is well needs no state. */
  state?: StatusKind;
  title: ReactNode;
  detail?: ReactNode;
  /** Where it leads. */
  to?: string;
};

/** What happened, in order: the time, a mark, a sentence. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label?: string }) {
  return (
    <ol className={css.timeline} aria-label={label}>
      {items.map(({ id, at, state, title, detail, to }) => (
        <li key={id} data-state={state}>
          <DateTime at={at} className={css.time} />
          <div className={css.event}>
            <span className={css.title}>
              {state && state !== 'ok' && <Status kind={state} />} {to ? <Link to={to}>{title}</Link> : title}
            </span>
            {detail && <div className={css.detail}>{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
