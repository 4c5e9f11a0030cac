import {
  ActionIcon,
  type Column,
  clockTime,
  DataTable,
  Duration,
  durationText,
  Icon,
  Link,
  RunningClock,
  Section,
  type TimeStyle,
  useTimeStyle,
} from '@task-connect/console';
import { useTask, type WorkLog } from '../queries.ts';
import { t } from '../t.ts';

type WorkDayProps = {
  title: string;
  logs: readonly WorkLog[];
  sum: number;
  onChange?: ((log: WorkLog) => void) | undefined;
  onRemove?: ((log: WorkLog) => Promise<void>) | undefined;
};

/** The work of one day. */
export function WorkDay({ title, logs, sum, onChange, onRemove }: WorkDayProps) {
  const style = useTimeStyle();
  return (
    <Section title={title} note={durationText(sum)}>
      <DataTable<WorkLog>
        quiet
        label={title}
        columns={columnsIn(style)}
        rows={logs}
        rowKey={({ id }) => id}
        {...(onChange && { onOpen: onChange })}
        {...(onRemove && {
          keys: { '#': { title: t('Delete'), run: (log: WorkLog) => void onRemove(log) } },
          actions: (log: WorkLog) => (
            <ActionIcon
              aria-label={t('Delete {when}', { when: spanText(log, style) })}
              onClick={() => void onRemove(log)}
            >
              <Icon name="trash" size={15} />
            </ActionIcon>
          ),
        })}
      />
    </Section>
  );
}

function spanText({ startedAt, endedAt }: WorkLog, style: TimeStyle): string {
  const at = (instant: string) => clockTime(Temporal.Instant.from(instant), style);
  return `${at(startedAt)}–${endedAt ? at(endedAt) : t('now')}`;
}

const columnsIn = (style: TimeStyle): readonly Column<WorkLog>[] => [
  { key: 'when', title: t('When'), width: 120, cell: (log) => spanText(log, style) },
  { key: 'task', title: t('Task'), cell: (log) => <TaskOf log={log} /> },
  {
    key: 'note',
    title: t('Note'),
    width: 300,
    hideBelow: 'tablet',
    cell: (log) => <span dir="auto">{log.task && log.note}</span>,
  },
  {
    key: 'length',
    title: t('Length'),
    align: 'end',
    width: 90,
    cell: (log) => (log.seconds === null ? <RunningClock since={log.startedAt} /> : <Duration seconds={log.seconds} />),
  },
];

function TaskOf({ log }: { log: WorkLog }) {
  const { data } = useTask(log.task ?? undefined);
  if (!log.task) return <span dir="auto">{log.note || t('Without a task')}</span>;
  return (
    <Link to={`/tasks/${log.task}`} dir="auto">
      {data?.title ?? t('A task')}
    </Link>
  );
}
