import {
  Button,
  type Column,
  DataTable,
  DateTime,
  Duration,
  durationText,
  Icon,
  Problem,
  RunningClock,
  Section,
  usePermission,
} from '@task-connect/console';
import type { Task, WorkLog } from './queries.ts';
import { t } from './t.ts';
import css from './task-panel.module.css';
import { useTimer } from './use-timer.ts';
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
  const { runs, verb, turn, problem } = useTimer(task);
  const mayTrack = usePermission('work:track');
  const total = data?.items.reduce((sum, log) => sum + (log.seconds ?? 0), 0) ?? 0;
  return (
    <Section
      className={css.time}
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
        empty={<p className={css.none}>{t('None yet. The timer takes it down.')}</p>}
      />
      <Problem problem={problem} />
      {mayTrack && (
        <Button
          className={css.timer}
          leftSection={<Icon name={runs ? 'player-stop-filled' : 'player-play-filled'} size={11} />}
          onClick={turn}
        >
          {verb}
        </Button>
      )}
    </Section>
  );
}
