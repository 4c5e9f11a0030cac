import { type Column, DataTable, DateTime, durationText, Problem, SidePanel } from '@task-connect/console';
import { t } from '../../t.ts';
import { RunState } from './JobTable.tsx';
import { type Job, type JobRun, useRuns } from './queries.ts';

const columns: readonly Column<JobRun>[] = [
  { key: 'at', title: t('For'), cell: (run) => <DateTime at={run.at} /> },
  { key: 'state', title: t('State'), cell: (run) => <RunState state={run.state} /> },
  { key: 'took', title: t('Took'), align: 'end', cell: tookText },
  { key: 'error', title: t('Error'), cell: (run) => run.error && <code>{run.error}</code> },
];

function tookText({ startedAt, endedAt }: JobRun): string {
  if (!endedAt) return '';
  const milliseconds = Temporal.Instant.from(startedAt).until(Temporal.Instant.from(endedAt)).total('milliseconds');
  return milliseconds < 60_000 ? `${Math.round(milliseconds).toLocaleString()} ms` : durationText(milliseconds / 1000);
}

/** The history of one job. */
export function JobRuns({ job, onClose }: { job: Job; onClose(): void }) {
  const runs = useRuns(job);
  return (
    <SidePanel title={job.title} onClose={onClose}>
      <Problem problem={runs.problem} retry={runs.refresh} />
      <DataTable
        label={t('Runs of {job}', { job: job.title })}
        columns={columns}
        rows={runs.problem ? [] : runs.data?.items}
        rowKey={(run) => String(run.id)}
        empty={<p>{t('It has not run yet.')}</p>}
      />
    </SidePanel>
  );
}
