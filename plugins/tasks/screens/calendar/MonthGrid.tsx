import { dayTitle, durationText, useMe, useTimeStyle } from '@task-connect/console';
import { t } from '../t.ts';
import { CalendarBlock, CalendarGhost } from './CalendarBlock.tsx';
import css from './calendar.module.css';
import type { CalendarItem } from './calendar-item.ts';
import type { CalendarPlace } from './use-calendar.ts';
import type { Lift } from './use-lift.ts';

type MonthGridProps = {
  place: CalendarPlace;
  items: readonly CalendarItem[];
  lift: Lift;
  onOpen(item: CalendarItem): void;
};

/** How many a day shows before it says how many more there are. */
const most = 4;

/** Whole weeks of a month; of work only the sum of each day. */
export function MonthGrid({ place, items, lift, onOpen }: MonthGridProps) {
  const { locale } = useMe();
  const byDate = Map.groupBy(items, ({ date }) => date);
  return (
    <div className={css.month}>
      {place.days.slice(0, 7).map((day) => (
        <span key={day.dayOfWeek} className={css.weekday}>
          {day.toLocaleString(locale, { weekday: 'short' })}
        </span>
      ))}
      {place.days.map((day) => (
        <MonthDay
          key={day.toString()}
          day={day}
          place={place}
          items={byDate.get(day.toString()) ?? []}
          lift={lift}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

function MonthDay({ day, place, items, lift, onOpen }: MonthGridProps & { day: Temporal.PlainDate }) {
  const { locale } = useTimeStyle();
  const date = day.toString();
  const tasks = items
    .filter(({ kind }) => kind === 'due' || kind === 'planned')
    .sort((a, b) => Number(a.done) - Number(b.done) || (a.from ?? -1) - (b.from ?? -1));
  const tracked = items.reduce((sum, { kind, from, to }) => (kind === 'work' ? sum + (to! - from!) * 60 : sum), 0);
  const shown = tasks.length > most ? tasks.slice(0, most - 1) : tasks;
  const { lifted } = lift;
  return (
    <section
      className={css.day}
      aria-label={dayTitle(day, locale)}
      data-date={date}
      data-other={day.month !== place.day.month || undefined}
      data-today={day.equals(place.today) || undefined}
      data-target={lifted?.place.date === date || undefined}
    >
      <header>
        <button type="button" className={css.number} onClick={() => place.go({ view: 'day', day })}>
          {day.day}
        </button>
        {tracked > 0 && <small>{durationText(tracked)}</small>}
      </header>
      {shown.map((item) => (
        <CalendarBlock key={item.key} item={item} lift={lift} onOpen={onOpen} />
      ))}
      {lifted?.place.date === date && lifted.item.date !== date && <CalendarGhost title={lifted.item.title} />}
      {tasks.length > shown.length && (
        <button type="button" className={css.more} onClick={() => place.go({ view: 'day', day })}>
          {t('{n} more', { n: tasks.length - shown.length })}
        </button>
      )}
    </section>
  );
}
