import { BarChart, durationText, Section } from '@task-connect/console';
import { t } from '../t.ts';
import type { Productivity } from './report-queries.ts';

/** Where the time went by project, and what was estimated against what it took. */
export function ByProject({ found }: { found: Productivity }) {
  const named = found.projects
    .map(({ project, name, ...counts }) => ({
      key: project ?? 'none',
      label: name ?? t('Without a project'),
      ...counts,
    }))
    .toSorted((one, other) => other.trackedSeconds - one.trackedSeconds);
  const tracked = named.filter(({ trackedSeconds }) => trackedSeconds > 0);
  const estimated = named.filter(({ estimates }) => estimates.tasks > 0);
  return (
    <>
      {tracked.length > 0 && (
        <BarChart
          title={t('Time by project')}
          rows={tracked.map(({ key, label, trackedSeconds }) => ({ key, label, values: { tracked: trackedSeconds } }))}
          series={[{ key: 'tracked', name: t('Tracked') }]}
          format={durationText}
        />
      )}
      {estimated.length > 0 && (
        <Section title={t('Estimate against what it took')} note={sayEstimates(found.estimates)}>
          <BarChart
            title={t('Of tasks that were done')}
            rows={estimated.map(({ key, label, estimates }) => ({
              key,
              label,
              values: { estimated: estimates.estimatedSeconds, took: estimates.trackedSeconds },
            }))}
            series={[
              { key: 'took', name: t('It took') },
              { key: 'estimated', name: t('Estimated') },
            ]}
            format={durationText}
          />
        </Section>
      )}
    </>
  );
}

function sayEstimates({ tasks, estimatedSeconds, trackedSeconds }: Productivity['estimates']): string {
  return t(
    { one: 'one task, {took} of {estimated}', other: '{count} tasks, {took} of {estimated}' },
    {
      count: tasks,
      took: durationText(trackedSeconds),
      estimated: durationText(estimatedSeconds),
    },
  );
}
