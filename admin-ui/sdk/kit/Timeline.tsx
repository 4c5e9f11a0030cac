import type { ReactNode } from 'react';
import { Link } from '../route/Link.tsx';
import { clockTime, dayText, exactText, preciseTime } from '../time/format.ts';
import { useTimeStyle } from '../time/now.ts';
import { translator } from '../words/t.ts';
import { Status, type StatusKind } from './Status.tsx';
import css from './timeline.module.css';

const t = translator('console');

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
  const style = useTimeStyle();
  const instants = items.map(({ at }) => Temporal.Instant.from(at));
  const minutes = new Set(instants.map((instant) => Math.floor(instant.epochMilliseconds / 60_000)));
  const clock = minutes.size < items.length ? preciseTime : clockTime;
  const days = instants.map((instant) => dayText(instant.toZonedDateTimeISO(style.zone).toPlainDate(), style));
  // Today goes without saying, and a day is said once.
  const said = days.map((day, index) => day !== (days[index - 1] ?? t('today')));
  return (
    <ol className={css.timeline} aria-label={label}>
      {items.map(({ id, at, state, title, detail, to }, index) => (
        <li key={id} data-state={state}>
          <time className={css.time} dateTime={at} title={exactText(instants[index]!, style)}>
            {said[index] && <span>{days[index]} </span>}
            {clock(instants[index]!, style)}
          </time>
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
