import {
  ActionIcon,
  Button,
  dayTitle,
  FilterBar,
  FilterMenu,
  FilterToggle,
  Icon,
  Page,
  Problem,
  SegmentedControl,
  SkeletonRows,
  usePermission,
  useShortcut,
  useTelephone,
  useTimeStyle,
} from '@task-connect/console';
import { MoveBar } from '../MoveBar.tsx';
import { useProjects } from '../queries.ts';
import { TaskCapture } from '../TaskCapture.tsx';
import { TaskPanel } from '../TaskPanel.tsx';
import { TaskViews } from '../TaskViews.tsx';
import { t } from '../t.ts';
import css from './calendar.module.css';
import type { CalendarItem } from './calendar-item.ts';
import type { CalendarView } from './calendar-range.ts';
import { MonthGrid } from './MonthGrid.tsx';
import { placeText } from './place-text.ts';
import { TimeGrid } from './TimeGrid.tsx';
import { type CalendarPlace, useCalendarItems, useCalendarPlace } from './use-calendar.ts';
import { useLift } from './use-lift.ts';
import { useMoveItem } from './use-move-item.ts';

/** When tasks are due and planned, and where the time went: a month, a week or a day. */
export function TaskCalendar() {
  const place = useCalendarPlace();
  const style = useTimeStyle();
  const { items, loading, problem, refresh } = useCalendarItems(place);
  const mover = useMoveItem();
  const movable = usePermission('tasks:write');
  const step = place.view === 'month' ? 'weeks' : 'quarters';
  const lift = useLift({ movable, step, onPut: (item, to) => void mover.move(item, to) });
  useShortcut(movable ? { keys: 'm', title: t('Lift the block, then arrows and Enter') } : null);
  useShortcut({ keys: 't', title: t('Go to today'), run: () => place.go({ day: place.today }) });

  const open = (item: CalendarItem) => {
    const task = item.task?.id ?? item.block?.task ?? item.log?.task;
    if (task) place.set({ task });
  };
  const Grid = place.view === 'month' ? MonthGrid : TimeGrid;
  return (
    <Page
      title={titleOf(place, style.locale)}
      here={t('Calendar')}
      path={[{ title: t('Tasks'), to: '/tasks' }]}
      summary={summaryOf(items)}
      actions={<TaskViews at="calendar" />}
      fill
    >
      <TaskCapture given={place.view === 'day' ? { due: { date: place.day.toString() } } : {}} />
      <CalendarTools place={place} />
      <Problem problem={mover.problem ?? problem} retry={refresh} />
      {loading ? (
        <SkeletonRows rows={8} height="70px" />
      ) : (
        <Grid place={place} items={items} lift={lift} onOpen={open} />
      )}
      {lift.lifted && (
        <MoveBar
          says={t('“{task}” to {when}.', { task: lift.lifted.item.title, when: placeText(lift.lifted.place, style) })}
          keys={[
            { keys: ['←', '→'], does: t('day') },
            { keys: ['↑', '↓'], does: step === 'weeks' ? t('week') : t('quarter of an hour') },
          ]}
        />
      )}
      {place.open && <TaskPanel key={place.open} id={place.open} onClose={() => place.set({ task: null })} />}
    </Page>
  );
}

function CalendarTools({ place }: { place: CalendarPlace }) {
  const projects = useProjects() ?? [];
  const telephone = useTelephone();
  return (
    <FilterBar
      note={
        <SegmentedControl
          aria-label={t('Stretch of time')}
          value={place.view}
          data={[
            { value: 'month', label: t('Month') },
            ...(telephone ? [] : [{ value: 'week', label: t('Week') }]),
            { value: 'day', label: t('Day') },
          ]}
          onChange={(view) => place.go({ view: view as CalendarView })}
        />
      }
    >
      <span className={css.turn}>
        <ActionIcon aria-label={t('Before')} onClick={() => place.turn(-1)}>
          <Icon name="chevron-left" />
        </ActionIcon>
        <Button size="compact-sm" onClick={() => place.go({ day: place.today })}>
          {t('Today')}
        </Button>
        <ActionIcon aria-label={t('After')} onClick={() => place.turn(1)}>
          <Icon name="chevron-right" />
        </ActionIcon>
      </span>
      {projects.length > 0 && (
        <FilterMenu
          label={t('Project')}
          value={place.project}
          all={t('Any project')}
          options={projects.map(({ id, name }) => ({ value: id, title: name }))}
          onChange={(project) => place.set({ project })}
        />
      )}
      <FilterToggle
        title={t('Everybody’s')}
        on={!place.mine}
        onChange={(on) => place.set({ everybody: on ? '1' : null })}
      />
    </FilterBar>
  );
}

function titleOf({ view, day, days }: CalendarPlace, locale: string): string {
  if (view === 'day') return dayTitle(day, locale);
  if (view === 'month') return day.toLocaleString(locale, { month: 'long', year: 'numeric' });
  const part = (one: Temporal.PlainDate) => one.toLocaleString(locale, { day: 'numeric', month: 'long' });
  return `${part(days[0]!)} – ${part(days.at(-1)!)}`;
}

function summaryOf(items: readonly CalendarItem[]): string | undefined {
  const due = items.filter(({ kind, done }) => kind === 'due' && !done).length;
  if (due === 0) return t('Nothing is due.');
  return t({ one: 'One task is due.', other: '{count} tasks are due.' }, { count: due });
}
