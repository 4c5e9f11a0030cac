import {
  BarChart,
  type Column,
  DataTable,
  Duration,
  durationText,
  FilterBar,
  FilterMenu,
  Page,
  Problem,
  Section,
  SkeletonRows,
  setQuery,
  TextInput,
  useMe,
  useMembers,
  usePermission,
  usePlace,
  useTimeStyle,
} from '@task-connect/console';
import { TaskViews } from '../TaskViews.tsx';
import { t } from '../t.ts';
import { ByProject } from './ByProject.tsx';
import css from './report.module.css';
import { type Productivity, useProductivity } from './report-queries.ts';
import { gathered, type Step, type Stretch, stepOf } from './report-range.ts';

/** What came of the days: added, done, late, and the time it took. */
export function Reports() {
  const range = useRange();
  const read = useProductivity({ from: range.from, to: range.to }, range.person);
  return (
    <Page
      title={t('Reports')}
      path={[{ title: t('Tasks'), to: '/tasks' }]}
      summary={read.data && <Summary found={read.data} />}
      actions={<TaskViews at="reports" />}
    >
      <RangeFilter range={range} />
      <Problem problem={read.problem} retry={read.refresh} />
      {read.loading && <SkeletonRows rows={8} height="60px" />}
      {read.data && <Charts found={read.data} />}
    </Page>
  );
}

const presets = [7, 28, 84, 365] as const;
const presetTitles: Record<string, string> = {
  7: t('7 days'),
  28: t('4 weeks'),
  84: t('12 weeks'),
  365: t('A year'),
};

function useRange() {
  const { query } = usePlace();
  const { now, zone } = useTimeStyle();
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);
  const given = query.get('days');
  const days = presets.find((one) => String(one) === given) ?? 28;
  const [first, last] = [query.get('from'), query.get('to')];
  const own = isDay(first) && isDay(last);
  return {
    own,
    days,
    from: own ? first : today.subtract({ days: days - 1 }).toString(),
    to: own ? last : today.toString(),
    person: query.get('person'),
  };
}

function RangeFilter({ range }: { range: ReturnType<typeof useRange> }) {
  const seesOthers = usePermission('work:see-others');
  const members = useMembers() ?? [];
  const { id } = useMe();
  return (
    <FilterBar>
      <FilterMenu
        label={t('Range')}
        value={range.own ? null : String(range.days)}
        all={t('From one day to another')}
        options={presets.map((days) => ({ value: String(days), title: presetTitles[days]! }))}
        onChange={(days) =>
          setQuery(days ? { days, from: null, to: null } : { days: null, from: range.from, to: range.to })
        }
      />
      {range.own && (
        <>
          <TextInput
            type="date"
            size="xs"
            aria-label={t('From')}
            value={range.from}
            onChange={(event) => event.currentTarget.value && setQuery({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            size="xs"
            aria-label={t('To')}
            value={range.to}
            onChange={(event) => event.currentTarget.value && setQuery({ to: event.currentTarget.value })}
          />
        </>
      )}
      {seesOthers && (
        <FilterMenu
          label={t('Person')}
          value={range.person}
          all={t('You')}
          options={members
            .filter(({ person }) => person !== id)
            .map(({ person, name }) => ({ value: person, title: name }))}
          onChange={(person) => setQuery({ person })}
        />
      )}
    </FilterBar>
  );
}

function Summary({ found: { totals, streak } }: { found: Productivity }) {
  const { completed, created, overdue, trackedSeconds } = totals;
  return (
    <span className={css.facts}>
      <span>{t.rich('{n} done', { n: <b>{completed}</b> })}</span>
      <span>{t.rich('{n} added', { n: <b>{created}</b> })}</span>
      <span className={overdue > 0 ? css.late : undefined}>
        {t.rich('{n} missed their day', { n: <b>{overdue}</b> })}
      </span>
      <span>{t.rich('{time} tracked', { time: <b>{durationText(trackedSeconds)}</b> })}</span>
      <span>
        {t(
          {
            one: 'Something done on one day in a row, {longest} at best',
            other: 'Something done on {count} days in a row, {longest} at best',
          },
          {
            count: streak.current,
            longest: streak.longest,
          },
        )}
      </span>
    </span>
  );
}

function Charts({ found }: { found: Productivity }) {
  const { locale } = useTimeStyle();
  const { weekStart } = useMe();
  const step = stepOf(found.days.length);
  const stretches = gathered(found.days, step, weekStart);
  const rows = stretches.map((stretch) => ({
    key: stretch.from,
    label: labelOf(stretch, step, locale),
    values: {
      created: stretch.created,
      completed: stretch.completed,
      overdue: stretch.overdue,
      tracked: stretch.trackedSeconds,
    },
  }));
  const columns = { rows, as: 'columns', height: 110 } as const;
  return (
    <>
      <div className={css.charts}>
        <BarChart
          {...columns}
          title={t('Added and done')}
          series={[
            { key: 'completed', name: t('Done') },
            { key: 'created', name: t('Added') },
          ]}
        />
        <BarChart
          {...columns}
          title={t('Time tracked')}
          series={[{ key: 'tracked', name: t('Tracked') }]}
          format={durationText}
        />
        <BarChart {...columns} title={t('Missed their day')} series={[{ key: 'overdue', name: t('Missed') }]} />
        <ByProject found={found} />
      </div>
      <Section title={titlesOfSteps[step]} className={css.table}>
        <DataTable<Stretch>
          quiet
          name="reports"
          label={titlesOfSteps[step]}
          columns={columnsOf(step, locale)}
          rows={stretches.toReversed()}
          rowKey={({ from }) => from}
          csv={{ file: `tasks ${found.from} ${found.to}` }}
        />
      </Section>
    </>
  );
}

const titlesOfSteps: Record<Step, string> = { day: t('By day'), week: t('By week'), month: t('By month') };

function labelOf({ from }: { from: string }, step: Step, locale: string): string {
  const day = Temporal.PlainDate.from(from);
  if (step === 'month') return day.toLocaleString(locale, { month: 'short' });
  return day.toLocaleString(locale, { day: 'numeric', month: 'short' });
}

const number = (value: number) => (value === 0 ? <span className={css.zero}>0</span> : value.toLocaleString());

const columnsOf = (step: Step, locale: string): readonly Column<Stretch>[] => [
  {
    key: 'from',
    title: step === 'day' ? t('Day') : step === 'week' ? t('Week of') : t('Month'),
    cell: (stretch) =>
      step === 'month'
        ? Temporal.PlainDate.from(stretch.from).toLocaleString(locale, { month: 'long', year: 'numeric' })
        : Temporal.PlainDate.from(stretch.from).toLocaleString(locale, {
            weekday: 'short',
            day: 'numeric',
            month: 'short',
          }),
    text: ({ from }) => from,
  },
  { key: 'created', title: t('Added'), align: 'end', width: 90, cell: ({ created }) => number(created) },
  { key: 'completed', title: t('Done'), align: 'end', width: 90, cell: ({ completed }) => number(completed) },
  { key: 'overdue', title: t('Missed'), align: 'end', width: 90, cell: ({ overdue }) => number(overdue) },
  {
    key: 'tracked',
    title: t('Tracked'),
    align: 'end',
    width: 100,
    cell: ({ trackedSeconds }) => (trackedSeconds === 0 ? number(0) : <Duration seconds={trackedSeconds} />),
    text: ({ trackedSeconds }) => String(Math.round(trackedSeconds / 60)),
  },
];
