import {
  Button,
  type Column,
  DataTable,
  DateTime,
  Problem,
  Status,
  type StatusKind,
  toast,
} from '@task-connect/console';
import { type ReactNode, useState } from 'react';
import { t } from '../../t.ts';
import { JobRuns } from './JobRuns.tsx';
import { type Job, useRunNow } from './queries.ts';

const shown: Record<string, { kind: StatusKind; word: string }> = {
  done: { kind: 'ok', word: t('done') },
  running: { kind: 'busy', word: t('running') },
  failed: { kind: 'bad', word: t('failed') },
  lost: { kind: 'warn', word: t('lost') },
};

/** How a run went, by shape and word. */
export function RunState({ state, children }: { state: string; children?: ReactNode }) {
  const { kind, word } = shown[state] ?? { kind: 'off' as const, word: state };
  return <Status kind={kind}>{children ?? word}</Status>;
}

const columns: readonly Column<Job>[] = [
  { key: 'title', title: t('Job'), cell: (job) => job.title },
  { key: 'plugin', title: t('Plugin'), hideBelow: 'desk', cell: (job) => job.plugin },
  {
    key: 'cron',
    title: t('When'),
    hideBelow: 'tablet',
    cell: (job) => (
      <>
        <code>{job.cron}</code>
        {`\u2002${job.zone}`}
      </>
    ),
  },
  {
    key: 'last',
    title: t('Last'),
    cell: (job) =>
      job.lastAt && job.lastState ? (
        <RunState state={job.lastState}>
          <DateTime at={job.lastAt} />
        </RunState>
      ) : (
        t('never')
      ),
  },
  {
    key: 'next',
    title: t('Next'),
    align: 'end',
    hideBelow: 'tablet',
    cell: (job) => (job.paused ? t('paused') : job.nextAt && <DateTime at={job.nextAt} />),
  },
];

/** Jobs with their last and next run; each can be run now, and opens its history. */
export function JobTable({ jobs, empty }: { jobs: readonly Job[] | undefined; empty: ReactNode }) {
  const runNow = useRunNow();
  const [open, setOpen] = useState<Job | null>(null);
  const run = async (job: Job) => {
    if (await runNow.run(job)) toast({ text: t('“{job}” was told to run', { job: job.title }) });
  };
  return (
    <>
      <Problem problem={runNow.problem} />
      <DataTable
        label={t('Jobs')}
        columns={columns}
        rows={jobs}
        rowKey={(job) => `${job.plugin}/${job.name}`}
        onOpen={(job) => setOpen(job)}
        mark={(job) => (job.name === open?.name && job.plugin === open.plugin ? 'open' : undefined)}
        actions={(job) => (
          <Button size="compact-sm" disabled={job.paused || runNow.busy} onClick={() => void run(job)}>
            {t('Run now')}
          </Button>
        )}
        empty={empty}
      />
      {open && <JobRuns key={open.plugin + open.name} job={open} onClose={() => setOpen(null)} />}
    </>
  );
}
