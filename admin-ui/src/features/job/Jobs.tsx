import '../../operator-font.ts';
import { EmptyState, Page, Problem } from '@task-connect/console';
import { t } from '../../t.ts';
import { JobTable } from './JobTable.tsx';
import { useJobs } from './queries.ts';

/** What the platform does by the clock. */
export function Jobs() {
  const { data, problem, refresh } = useJobs();
  const failed = data?.items.filter((job) => job.lastState === 'failed') ?? [];
  return (
    <Page
      title={t('Jobs')}
      path={[{ title: t('Platform') }]}
      summary={
        data &&
        (failed.length > 0
          ? t(
              { one: '{count} job failed at its last run.', other: '{count} jobs failed at their last run.' },
              { count: failed.length },
            )
          : t(
              { one: '{count} job; its last run did not fail.', other: '{count} jobs; none failed at its last run.' },
              { count: data.items.length },
            ))
      }
      fill
    >
      <Problem problem={problem} retry={refresh} />
      {!problem && (
        <JobTable
          jobs={data?.items}
          empty={
            <EmptyState icon="clock-hour-4" title={t('No jobs')}>
              {t('Plugins bring jobs: reminders, summaries, cleaning up. Enable one, and its jobs stand here.')}
            </EmptyState>
          }
        />
      )}
    </Page>
  );
}
