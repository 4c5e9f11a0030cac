import { type Column, DataTable, DateTime, Duration, durationText, RunningClock, Section } from '@task-connect/console';
import type { Task, WorkLog } from './queries.ts';
import { TimerButton } from './TimerButton.tsx';
import { t } from './t.ts';
import { useWorkOnTask } from './work-queries.ts';

const columns: readonly Column<WorkLog>[] = [
  { key: 'started', title: t('Begun'), cell: (log) => <DateTime at={log.startedAt} /> },
  { key: 'note', title: t('Note'), cell: (log) => log.note },
  {
    key: 'length',
    title: t('Length'),
    align: 'end',
    cell: (log) => (log.seconds === null ? <RunningClock since={log.startedAt} /> : <Duration seconds={log.seconds} />),
  },
];

/** The time that one spent on a task, and its timer. */
export function TaskTime({ task }: { task: Task }) {
  const { data } = useWorkOnTask(task.id);
  const total = data?.items.reduce((sum, log) => sum + (log.seconds ?? 0), 0) ?? 0;
  return (
    <Section
      title={t('Your time')}
      note={
        task.estimateMinutes === null
          ? durationText(total)
          : t('{spent} of {planned}', { spent: durationText(total), planned: durationText(task.estimateMinutes * 60) })
      }
    >
      <DataTable
        quiet
        label={t('Your time on “{task}”', { task: task.title })}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={(log) => log.id}
        empty={<p>{t('None yet. The timer takes it down.')}</p>}
      />
      <TimerButton task={task} />
    </Section>
  );
}
