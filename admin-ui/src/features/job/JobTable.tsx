import {
  Button,
  type Column,
  DataTable,
  DateTime,
  Problem,
  Sparkline,
  Status,
  toast,
  useTimeStyle,
} from '@task-connect/console';
import { type ReactNode, useState } from 'react';
import { t } from '../../t.ts';
import { cronInWords } from './cron-words.ts';
import { JobPanel } from './JobPanel.tsx';
import css from './job.module.css';
import { type Job, useJobOrder } from './queries.ts';
import { RunState } from './RunState.tsx';
import { tookText } from './took-text.ts';

const columns: readonly Column<Job>[] = [
  {
    key: 'title',
    title: t('Job'),
    cell: (job) => (
      <span className={css.job}>
        {job.title} <small>{job.plugin}</small>
      </span>
    ),
    text: (job) => `${job.plugin}: ${job.title}`,
  },
  {
    key: 'cron',
    title: t('When'),
    hideBelow: 'tablet',
    cell: (job) => <When job={job} />,
    text: (job) => `${job.cron} ${job.zone}`,
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
        <span className={css.quiet}>{t('never')}</span>
      ),
    text: (job) => job.lastAt ?? '',
  },
  { key: 'took', title: t('Took'), width: 110, hideBelow: 'desk', cell: (job) => <Took job={job} /> },
  {
    key: 'next',
    title: t('Next'),
    align: 'end',
    hideBelow: 'tablet',
    cell: (job) =>
      job.paused ? (
        <Status kind="off">{t('paused')}</Status>
      ) : job.on ? (
        job.nextAt && <DateTime at={job.nextAt} />
      ) : (
        <span className={css.quiet}>{t('its plugin is off')}</span>
      ),
    text: (job) => job.nextAt ?? '',
  },
];

/** Its times in words, with the zone where that is not the reader’s own. */
function When({ job }: { job: Job }) {
  const { zone } = useTimeStyle();
  return (
    <span title={`${job.cron} ${job.zone}`}>
      {cronInWords(job.cron) ?? <code>{job.cron}</code>}
      {job.zone !== zone && <span className={css.quiet}> {job.zone}</span>}
    </span>
  );
}

function Took({ job }: { job: Job }) {
  const points = job.recent.map(({ seconds }) => seconds);
  const last = points.at(-1);
  if (points.length === 0 || last === undefined || last === null) return null;
  if (points.length === 1) return tookText(last);
  return (
    <Sparkline
      label={t('How long the last {count} runs took: {last} now', { count: points.length, last: tookText(last) })}
      points={points}
    />
  );
}

const words = {
  run: t('“{job}” was told to run'),
  pause: t('“{job}” is paused'),
  resume: t('“{job}” goes on'),
};
const opposite = { pause: 'resume', resume: 'pause' } as const;

type JobTableProps = { jobs: readonly Job[] | undefined; empty: ReactNode; quiet?: boolean };

/** Jobs with their last and next run; each can be run now or paused, and opens its plan and history. */
export function JobTable({ jobs, empty, quiet }: JobTableProps) {
  const order = useJobOrder();
  const [open, setOpen] = useState<string | null>(null);
  const keyOf = (job: Job) => `${job.plugin}/${job.name}`;
  const shown = jobs?.find((job) => keyOf(job) === open);

  const give = async (job: Job, what: keyof typeof words) => {
    if (!(await order.run({ job, order: what }))) return;
    const undo = what === 'run' ? {} : { undo: () => void order.run({ job, order: opposite[what] }) };
    toast({ text: words[what].replace('{job}', job.title), ...undo });
  };
  return (
    <>
      <Problem problem={order.problem} />
      <DataTable
        quiet={quiet ?? false}
        label={t('Jobs')}
        columns={columns}
        rows={jobs}
        rowKey={keyOf}
        onOpen={(job) => setOpen(keyOf(job))}
        mark={(job) => (keyOf(job) === open ? 'open' : job.lastState === 'running' ? 'running' : undefined)}
        actions={(job) => (
          <>
            <Button size="compact-sm" disabled={!job.on || order.busy} onClick={() => void give(job, 'run')}>
              {t('Run now')}
            </Button>
            <Button
              size="compact-sm"
              disabled={!job.on || order.busy}
              onClick={() => void give(job, job.paused ? 'resume' : 'pause')}
            >
              {job.paused ? t('Resume') : t('Pause')}
            </Button>
          </>
        )}
        empty={empty}
      />
      {shown && (
        <JobPanel key={open} job={shown} onClose={() => setOpen(null)} onOrder={(what) => void give(shown, what)} />
      )}
    </>
  );
}
