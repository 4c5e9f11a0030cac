import {
  ActionIcon,
  BarChart,
  Button,
  dayTitle,
  durationText,
  EmptyState,
  FilterBar,
  Icon,
  Page,
  Problem,
  SkeletonRows,
  setQuery,
  toast,
  useMe,
  usePermission,
  usePlace,
  useShortcut,
  useTimeStyle,
} from '@task-connect/console';
import { useState } from 'react';
import { daysShown } from '../calendar/calendar-range.ts';
import type { WorkLog } from '../queries.ts';
import { TaskViews } from '../TaskViews.tsx';
import { t } from '../t.ts';
import { useDeleteWork, useLogWork, useWorkBetween } from '../work-queries.ts';
import { WorkDay } from './WorkDay.tsx';
import { WorkPanel } from './WorkPanel.tsx';
import css from './work.module.css';

/** Where one’s time went in a week: day by day, to be added to and corrected. */
export function Time() {
  const { days, today, turn } = useWeek();
  const { locale } = useTimeStyle();
  const work = useWorkBetween(days[0]!.toString(), days.at(-1)!.toString());
  const mayTrack = usePermission('work:track');
  const [panel, setPanel] = useState<{ log?: WorkLog; day: string } | null>(null);
  const remove = useRemoveWithUndo();
  const add = () => setPanel({ day: days.some((day) => day.equals(today)) ? today.toString() : days[0]!.toString() });
  useShortcut(mayTrack ? { keys: 'n', title: t('Add time'), run: add } : null);
  const logs = work.data ?? [];
  const byDay = Map.groupBy(logs, ({ localDate }) => localDate);
  const sumOf = (some: readonly WorkLog[]) => some.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  const part = (day: Temporal.PlainDate) => day.toLocaleString(locale, { day: 'numeric', month: 'long' });

  return (
    <Page
      title={`${part(days[0]!)} – ${part(days.at(-1)!)}`}
      here={t('Time')}
      path={[{ title: t('Tasks'), to: '/tasks' }]}
      summary={
        work.data &&
        (logs.length === 0
          ? t('No time was tracked in this week.')
          : t(
              { one: '{time} in one stretch.', other: '{time} in {count} stretches.' },
              {
                time: durationText(sumOf(logs)),
                count: logs.length,
              },
            ))
      }
      actions={
        <>
          <TaskViews at="time" />
          {mayTrack && (
            <Button leftSection={<Icon name="plus" size={15} />} onClick={add}>
              {t('Add time')}
            </Button>
          )}
        </>
      }
    >
      <FilterBar>
        <ActionIcon aria-label={t('Week before')} onClick={() => turn(-7)}>
          <Icon name="chevron-left" />
        </ActionIcon>
        <Button size="compact-sm" onClick={() => setQuery({ week: null })}>
          {t('This week')}
        </Button>
        <ActionIcon aria-label={t('Week after')} onClick={() => turn(7)}>
          <Icon name="chevron-right" />
        </ActionIcon>
      </FilterBar>
      <Problem problem={work.problem ?? remove.problem} retry={work.refresh} />
      {work.loading && <SkeletonRows rows={8} />}
      {work.data && (
        <>
          <div className={css.chart}>
            <BarChart
              title={t('Hours by day')}
              as="columns"
              rows={days.map((day) => ({
                key: day.toString(),
                label: day.toLocaleString(locale, { weekday: 'short' }),
                values: { tracked: sumOf(byDay.get(day.toString()) ?? []) },
              }))}
              series={[{ key: 'tracked', name: t('Tracked') }]}
              format={durationText}
              height={72}
            />
          </div>
          {logs.length === 0 && (
            <EmptyState icon="clock" title={t('Nothing here yet')}>
              {t('The timer takes your time down; what it did not see you add here.')}
            </EmptyState>
          )}
          {days.toReversed().map((day) => {
            const some = byDay.get(day.toString());
            return (
              some && (
                <WorkDay
                  key={day.toString()}
                  title={dayTitle(day, locale)}
                  logs={some}
                  sum={sumOf(some)}
                  onChange={mayTrack ? (log) => setPanel({ log, day: day.toString() }) : undefined}
                  onRemove={mayTrack ? remove.run : undefined}
                />
              )
            );
          })}
        </>
      )}
      {panel && (
        <WorkPanel key={panel.log?.id ?? 'new'} log={panel.log} day={panel.day} onClose={() => setPanel(null)} />
      )}
    </Page>
  );
}

function useWeek() {
  const { query } = usePlace();
  const { now, zone } = useTimeStyle();
  const { weekStart } = useMe();
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const given = query.get('week');
  const day =
    given && /^\d{4}-\d{2}-\d{2}$/.test(given) ? Temporal.PlainDate.from(given, { overflow: 'constrain' }) : today;
  const turn = (by: number) => setQuery({ week: day.add({ days: by }).toString() });
  return { days: daysShown('week', day, weekStart), today, turn };
}

function useRemoveWithUndo() {
  const remove = useDeleteWork();
  const log = useLogWork();
  return {
    problem: remove.problem ?? log.problem,
    async run(work: WorkLog) {
      if (!(await remove.run(work))) return;
      const { task, note, startedAt, endedAt } = work;
      toast({
        text: t('{time} deleted', { time: durationText(work.seconds ?? 0) }),
        undo: () => void log.run({ task, note, startedAt, ...(endedAt && { endedAt }) }),
      });
    },
  };
}
