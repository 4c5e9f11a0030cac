import { type Column, DataTable, Link, roughly, Sparkline, useTelephone } from '@task-connect/console';
import { t } from '../../t.ts';
import { rateText } from '../event/rate-text.ts';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

type Queue = PluginDetail['queues'][number];

const isLate = (seconds: number | null) => (seconds ?? 0) > 300;

const columnsOf = (plugin: string): readonly Column<Queue>[] => [
  {
    key: 'queue',
    title: t('Queue'),
    cell: ({ queue }) => (
      <Link className={css.queue} to={`/platform/events?queue=${encodeURIComponent(queue)}`}>
        <code>{queue}</code>
      </Link>
    ),
  },
  {
    key: 'waiting',
    title: t('Waiting'),
    align: 'end',
    cell: ({ waiting, oldestSeconds }) => (
      <span className={waiting === 0 ? css.zero : isLate(oldestSeconds) ? css.warn : undefined}>{waiting}</span>
    ),
  },
  {
    key: 'oldest',
    title: t('Oldest'),
    align: 'end',
    cell: ({ oldestSeconds }) =>
      oldestSeconds !== null && <span className={isLate(oldestSeconds) ? css.warn : ''}>{roughly(oldestSeconds)}</span>,
  },
  {
    key: 'dead',
    title: t('Dead'),
    align: 'end',
    cell: ({ queue, dead }) =>
      dead === 0 ? (
        <span className={css.zero}>0</span>
      ) : (
        <Link className={css.bad} to={`/platform/dead-letters?plugin=${plugin}&queue=${encodeURIComponent(queue)}`}>
          {dead}
        </Link>
      ),
  },
  {
    key: 'rate',
    title: t('Per minute'),
    align: 'end',
    cell: ({ perMinute }) => <span className={perMinute === 0 ? css.zero : undefined}>{rateText(perMinute)}</span>,
  },
  {
    key: 'hour',
    title: t('Hour'),
    width: 90,
    cell: ({ queue, minutes, perMinute }) => (
      <Sparkline
        label={t('{queue}, handled a minute in the last hour: at most {most}, {now} now', {
          queue,
          most: Math.max(0, ...minutes),
          now: rateText(perMinute),
        })}
        points={minutes}
      />
    ),
  },
];

/** Where there is no room for more. */
const onTelephone = ['queue', 'waiting', 'dead'];

/** Its queues with what waits, what lies dead, and how they flowed. */
export function PluginQueues({ plugin }: { plugin: PluginDetail }) {
  const telephone = useTelephone();
  const columns = columnsOf(plugin.id).filter(({ key }) => !telephone || onTelephone.includes(key));
  if (plugin.queues.length === 0) return <p className={css.plain}>{t('It hears no events.')}</p>;
  return <DataTable quiet label={t('Queues')} columns={columns} rows={plugin.queues} rowKey={(queue) => queue.queue} />;
}
