import { LineChart, type LineChartProps, Notice, Problem, Skeleton } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './health.module.css';
import { pointsOf, worstErrors } from './points.ts';
import type { HealthHistory } from './queries.ts';

type ApiProblem = Parameters<typeof Problem>[0]['problem'];
type HealthChartsProps = { history: HealthHistory | undefined; problem: ApiProblem; retry(): void };

/** The eight lines of the platform, in two ruled rows. */
export function HealthCharts({ history, problem, retry }: HealthChartsProps) {
  if (!history) {
    return (
      <>
        <Problem problem={problem} retry={retry} />
        {!problem && (
          <div className={css.charts} aria-hidden="true">
            {Array.from({ length: 8 }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places of charts that are to come
              <Skeleton key={at} height={118} />
            ))}
          </div>
        )}
      </>
    );
  }
  return (
    <>
      {history.note && (
        <div className={css.note}>
          <Notice kind="warn" title={history.note} />
        </div>
      )}
      <div className={css.charts}>
        {chartsOf(history).map((chart) => (
          <div key={chart.title}>
            <LineChart {...chart} />
          </div>
        ))}
      </div>
      {history.source === 'prometheus' && <p className={css.source}>{t('Read from Prometheus.')}</p>}
    </>
  );
}

function chartsOf({ from, stepSeconds, series }: HealthHistory): LineChartProps[] {
  const line = (name: string, values: readonly (number | null)[]) => ({
    name,
    points: pointsOf(from, stepSeconds, values),
  });
  const megabytes = series.memory.map((bytes) => (bytes === null ? null : bytes / 1e6));
  const lag = series.eventLag.map((seconds) => (seconds === null ? null : seconds * 1000));
  const errors = line(t('Errors'), series.errors);
  return [
    { title: t('Requests'), unit: '/s', series: [line(t('Requests'), series.requests)] },
    { title: t('Answer time, p95'), unit: 'ms', series: [line(t('Answer time'), series.answerTime)] },
    {
      title: t('Errors'),
      unit: '%',
      series: [errors],
      marks: worstErrors(errors.points).map(({ at, value }) => ({
        at,
        text: t('{n} %', { n: Number(value.toPrecision(2)) }),
      })),
    },
    { title: t('Event lag, p95'), unit: 'ms', series: [line(t('Event lag'), lag)] },
    {
      title: t('Memory'),
      unit: 'MB',
      format: (value) => String(Math.round(value)),
      series: [line(t('Memory'), megabytes)],
    },
    {
      title: t('Connections'),
      series: [line(t('in use'), series.connections), line(t('waited for'), series.connectionsWaiting)],
    },
    { title: t('Events that wait'), series: [line(t('Events'), series.queueWaiting)] },
    { title: t('Oldest of them'), unit: 's', series: [line(t('Age'), series.queueOldest)] },
  ];
}
