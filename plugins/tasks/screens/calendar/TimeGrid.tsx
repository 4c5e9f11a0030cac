import { clockTime, dayTitle, useTimeStyle } from '@task-connect/console';
import { useEffect, useRef } from 'react';
import { t } from '../t.ts';
import { CalendarBlock, CalendarGhost } from './CalendarBlock.tsx';
import css from './calendar.module.css';
import { type CalendarItem, instantAt, lanesOf, type Minutes } from './calendar-item.ts';
import type { CalendarPlace } from './use-calendar.ts';
import type { Lift } from './use-lift.ts';

type TimeGridProps = {
  place: CalendarPlace;
  items: readonly CalendarItem[];
  lift: Lift;
  onOpen(item: CalendarItem): void;
};

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const percent = (minutes: Minutes) => `${(minutes / 1440) * 100}%`;

/** A week or a day along the hours of the clock; above them what has no time. */
export function TimeGrid({ place, items, lift, onOpen }: TimeGridProps) {
  const style = useTimeStyle();
  const scroller = useRef<HTMLDivElement>(null);
  // The working day is in sight first.
  useEffect(() => {
    const element = scroller.current!;
    element.scrollTop = (element.scrollHeight / 24) * 7;
  }, []);
  const byDate = Map.groupBy(items, ({ date }) => date);
  const days = place.days.map((day) => {
    const all = byDate.get(day.toString()) ?? [];
    return { day, untimed: all.filter(({ from }) => from === null), timed: all.filter(({ from }) => from !== null) };
  });
  const columns = { gridTemplateColumns: `52px repeat(${days.length}, minmax(0, 1fr))` };
  return (
    <div className={css.week} data-days={days.length}>
      <div className={css.heads} style={columns}>
        <span />
        {days.map(({ day }) => (
          <button
            key={day.toString()}
            type="button"
            data-today={day.equals(place.today) || undefined}
            title={dayTitle(day, style.locale)}
            onClick={() => place.go({ view: 'day', day })}
          >
            {day.toLocaleString(style.locale, { weekday: 'short' })} <b>{day.day}</b>
          </button>
        ))}
      </div>
      <div className={css.untimed} style={columns}>
        <span className={css.lead}>{t('Day')}</span>
        {days.map(({ day, untimed }) => (
          <div
            key={day.toString()}
            data-date={day.toString()}
            data-takes="day"
            data-target={isOver(lift, day, 'day') || undefined}
          >
            {untimed.map((item) => (
              <CalendarBlock key={item.key} item={item} lift={lift} onOpen={onOpen} />
            ))}
            {isOver(lift, day, 'day') && lift.lifted!.item.date !== day.toString() && (
              <CalendarGhost title={lift.lifted!.item.title} />
            )}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key */}
      <section ref={scroller} className={css.scroll} aria-label={t('Hours')} tabIndex={0}>
        <div className={css.ruler} style={columns}>
          <div className={css.hours}>
            {hours.slice(1).map((hour) => (
              <span key={hour} className={css.hour} style={{ top: percent(hour * 60) }}>
                {clockTime(instantAt({ date: days[0]!.day.toString(), from: hour * 60 }, style.zone), style)}
              </span>
            ))}
          </div>
          {days.map(({ day, timed }) => (
            <DayColumn key={day.toString()} day={day} items={timed} place={place} lift={lift} onOpen={onOpen} />
          ))}
        </div>
      </section>
    </div>
  );
}

const isOver = ({ lifted }: Lift, day: Temporal.PlainDate, takes: 'day' | 'time') =>
  lifted?.place.date === day.toString() && (lifted.place.from === null) === (takes === 'day');

function DayColumn({ day, items, place, lift, onOpen }: TimeGridProps & { day: Temporal.PlainDate }) {
  const { now, zone } = useTimeStyle();
  const wall = now.toZonedDateTimeISO(zone);
  const lanes = lanesOf(items);
  const { lifted } = lift;
  const long = (lifted?.item.to ?? 0) - (lifted?.item.from ?? 0);
  return (
    <div className={css.column} data-date={day.toString()} data-takes="time">
      {items.map((item) => {
        const { lane, lanes: count } = lanes.get(item)!;
        return (
          <CalendarBlock
            key={item.key}
            item={item}
            lift={lift}
            onOpen={onOpen}
            style={{
              top: percent(item.from!),
              height: percent(item.to! - item.from!),
              left: `${(lane / count) * 100}%`,
              width: `${100 / count}%`,
            }}
          />
        );
      })}
      {isOver(lift, day, 'time') && (
        <CalendarGhost
          title={lifted!.item.title}
          style={{ top: percent(lifted!.place.from!), height: percent(Math.max(long, 30)) }}
        />
      )}
      {day.equals(place.today) && <em className={css.now} style={{ top: percent(wall.hour * 60 + wall.minute) }} />}
    </div>
  );
}
