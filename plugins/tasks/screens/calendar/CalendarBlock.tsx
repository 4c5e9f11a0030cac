import { clockTime, useTimeStyle } from '@task-connect/console';
import type { CSSProperties } from 'react';
import { useTask } from '../queries.ts';
import { t } from '../t.ts';
import { isLate } from '../when-text.ts';
import css from './calendar.module.css';
import { type CalendarItem, instantAt } from './calendar-item.ts';
import { placeText } from './place-text.ts';
import type { Lift } from './use-lift.ts';

type CalendarBlockProps = { item: CalendarItem; lift: Lift; onOpen(item: CalendarItem): void; style?: CSSProperties };

const kindTitles = {
  due: t('due'),
  planned: t('planned'),
  work: t('tracked'),
  running: t('running'),
} as const;

/** One thing in the calendar: opens by a click or Enter, moves by the pointer or M. */
export function CalendarBlock({ item, lift, onOpen, style }: CalendarBlockProps) {
  const time = useTimeStyle();
  const title = useTitle(item);
  const { kind, date, from } = item;
  const isLifted = lift.lifted?.item.key === item.key;
  const late = kind === 'due' && item.task !== null && isLate(item.task, time);
  return (
    <button
      type="button"
      className={css.block}
      style={style}
      data-kind={kind}
      data-done={item.done || undefined}
      data-late={late || undefined}
      data-lifted={isLifted || undefined}
      data-short={from !== null && item.to! - from < 40 ? true : undefined}
      title={title}
      onPointerDown={(event) => lift.grab(event, item)}
      onKeyDown={(event) => lift.press(event, item)}
      onClick={() => !lift.wasDragged() && !isLifted && onOpen(item)}
    >
      {from !== null && <time>{clockTime(instantAt({ date, from }, time.zone), time)} </time>}
      <span dir="auto">{title}</span>
      <span className={css.unseen}>
        {t('{kind} {when}', { kind: kindTitles[kind], when: placeText({ date, from: null }, time) })}
      </span>
    </button>
  );
}

/** Of work only its task is known; what it is called is read when it is shown. */
function useTitle({ title, log }: CalendarItem): string {
  const { data } = useTask(log && title === '' ? (log.task ?? undefined) : undefined);
  return title || data?.title || t('Work');
}

/** Where the lifted one would come to stand. */
export function CalendarGhost({ title, style }: { title: string; style?: CSSProperties }) {
  return (
    <div className={css.ghost} style={style} aria-hidden="true">
      {title}
    </div>
  );
}
