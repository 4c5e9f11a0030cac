import '../../operator-font.ts';
import { EmptyState, Page, Problem, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import { JobTable } from './JobTable.tsx';
import { OneOffs } from './OneOffs.tsx';
import { type Job, useJobs } from './queries.ts';

/** What the platform does by the clock, and once at a time. */
export function Jobs() {
  const { data, problem, refresh } = useJobs();
  return (
    <Page
      title={data ? verdictOf(data.items) : t('Jobs')}
      here={t('Jobs')}
      path={[{ title: t('Platform') }]}
      summary={data && summaryOf(data.items)}
      fill
    >
      <Problem problem={problem} retry={refresh} />
      {!problem && (
        <Section title={t('By the clock')}>
          <JobTable
            quiet
            jobs={data && [...data.items].sort(keptHouseLast)}
            empty={
              <EmptyState icon="clock-hour-4" title={t('No jobs')}>
                {t('Plugins bring jobs: reminders, summaries, cleaning up. Enable one, and its jobs stand here.')}
              </EmptyState>
            }
          />
        </Section>
      )}
      <OneOffs />
    </Page>
  );
}

/** Every plugin has that one; what is its own comes first. */
const keptHouseLast = (a: Job, b: Job) => Number(a.name === 'housekeeping') - Number(b.name === 'housekeeping');

function verdictOf(jobs: readonly Job[]): string {
  const failed = jobs.filter((job) => job.lastState === 'failed');
  if (failed.length === 0) return t('No job failed at its last run');
  return t(
    { one: 'One job failed at its last run', other: '{count} jobs failed at their last run' },
    { count: failed.length },
  );
}

function summaryOf(jobs: readonly Job[]): string {
  const paused = jobs.filter((job) => job.paused).length;
  const all = t({ one: '{count} job.', other: '{count} jobs.' }, { count: jobs.length });
  return paused === 0 ? all : `${all} ${t({ one: 'One is paused.', other: '{count} are paused.' }, { count: paused })}`;
}
