import {
  Button,
  type Column,
  clockTime,
  DataTable,
  DateTime,
  dayText,
  Problem,
  Section,
  SidePanel,
  useTimeStyle,
} from '@task-connect/console';
import { t } from '../../t.ts';
import { cronInWords } from './cron-words.ts';
import css from './job.module.css';
import { type Job, type JobRun, useRuns } from './queries.ts';
import { RunState } from './RunState.tsx';
import { tookText } from './took-text.ts';

const columns: readonly Column<JobRun>[] = [
  { key: 'at', title: t('For'), cell: (run) => <DateTime at={run.at} /> },
  {
    key: 'state',
    title: t('State'),
    cell: (run) => (
      <>
        <RunState state={run.state} />
        {run.byHand && <span className={css.quiet}> {t('by hand')}</span>}
        {run.error && <code className={css.error}>{run.error}</code>}
      </>
    ),
  },
  {
    key: 'took',
    title: t('Took'),
    align: 'end',
    cell: ({ startedAt, endedAt }) => endedAt && tookText(between(startedAt, endedAt)),
  },
];

const between = (from: string, to: string) =>
  Temporal.Instant.from(from).until(Temporal.Instant.from(to)).total('seconds');

const late: Record<string, string> = {
  'run-once': t('What it missed is run once.'),
  'run-all': t('What it missed is run, each time of it.'),
  skip: t('What it missed is left out.'),
};

type JobPanelProps = { job: Job; onOrder(order: 'run' | 'pause' | 'resume'): void; onClose(): void };

/** One job: its plan in words, its next times, its last error, and how its runs went. */
export function JobPanel({ job, onOrder, onClose }: JobPanelProps) {
  const runs = useRuns(job);
  return (
    <SidePanel
      title={job.title}
      onClose={onClose}
      actions={
        job.on && (
          <>
            <Button size="compact-sm" onClick={() => onOrder('run')}>
              {t('Run now')}
            </Button>
            <Button size="compact-sm" onClick={() => onOrder(job.paused ? 'resume' : 'pause')}>
              {job.paused ? t('Resume') : t('Pause')}
            </Button>
          </>
        )
      }
    >
      <Section title={t('Plan')} note={<code>{job.cron}</code>}>
        <p className={css.plan}>
          {sentence(cronInWords(job.cron) ?? job.cron)} {t('By the clock of {zone}.', { zone: job.zone })}{' '}
          {late[job.late]}
        </p>
        <NextTimes job={job} />
      </Section>
      {job.lastError && (
        <Section title={t('Last error')}>
          <pre className={css.pre}>{job.lastError}</pre>
        </Section>
      )}
      <Section title={t('Runs')} note={t('the last 50')}>
        <Problem problem={runs.problem} retry={runs.refresh} />
        <DataTable
          quiet
          label={t('Runs of {job}', { job: job.title })}
          columns={columns}
          rows={runs.problem ? [] : runs.data?.items}
          rowKey={(run) => String(run.id)}
          empty={<p className={css.plan}>{t('It has not run yet.')}</p>}
        />
      </Section>
    </SidePanel>
  );
}

const sentence = (words: string) => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`;

/** The next three times, by the clock of the job’s zone. */
function NextTimes({ job }: { job: Job }) {
  const style = { ...useTimeStyle(), zone: job.zone };
  if (job.paused && job.pausedAt)
    return (
      <p className={css.plan}>
        {t.rich('It is paused since {when}; its times pass without a run.', { when: <DateTime at={job.pausedAt} /> })}
      </p>
    );
  if (!job.on) return <p className={css.plan}>{t('Its plugin is off.')}</p>;
  return (
    <ol className={css.times}>
      {job.nextTimes.map((time) => {
        const at = Temporal.Instant.from(time);
        return (
          <li key={time}>
            <time dateTime={time}>
              {dayText(at.toZonedDateTimeISO(job.zone).toPlainDate(), style)} <b>{clockTime(at, style)}</b>
            </time>
          </li>
        );
      })}
    </ol>
  );
}
