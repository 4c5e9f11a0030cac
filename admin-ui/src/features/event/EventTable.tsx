import { type Column, DataTable, PluginMark, roughly, setQuery } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './events.module.css';
import type { EventMap } from './queries.ts';
import { rateText } from './rate-text.ts';

type Row = EventMap['handlers'][number] & { says: string; who: string };

const number = (value: number, className?: string) => (
  <span className={value === 0 ? css.zero : className}>{value}</span>
);

const columns: readonly Column<Row>[] = [
  { key: 'queue', title: t('Queue'), cell: ({ queue }) => <code>{queue}</code>, text: ({ queue }) => queue },
  {
    key: 'type',
    title: t('Event'),
    hideBelow: 'desk',
    cell: ({ type }) => <code>{type}</code>,
    text: ({ type }) => type,
  },
  { key: 'says', title: t('Says'), hideBelow: 'tablet', cell: ({ says }) => says || t('nobody that is there') },
  {
    key: 'handler',
    title: t('Handles'),
    cell: ({ plugin, who, handler }) => (
      <span className={css.handler} title={who}>
        <PluginMark plugin={plugin} size={15} /> {handler}
      </span>
    ),
    text: ({ who, handler }) => `${who}: ${handler}`,
  },
  {
    key: 'rate',
    title: t('Per minute'),
    align: 'end',
    cell: ({ perMinute }) => <span className={perMinute === 0 ? css.zero : undefined}>{rateText(perMinute)}</span>,
  },
  { key: 'waiting', title: t('Waiting'), align: 'end', hideBelow: 'tablet', cell: ({ waiting }) => number(waiting) },
  {
    key: 'oldest',
    title: t('Oldest'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ oldestSeconds }) => oldestSeconds !== null && roughly(oldestSeconds),
  },
  { key: 'dead', title: t('Dead'), align: 'end', cell: ({ dead }) => number(dead, css.bad) },
];

/** The same as the map, for whoever reads rather than looks: a row for each handler. */
export function EventTable({ map, chosen }: { map: EventMap; chosen: string | null }) {
  const titles = new Map(map.plugins.map(({ id, title }) => [id, title]));
  const rows = map.handlers.map((handler) => ({
    ...handler,
    who: titles.get(handler.plugin) ?? handler.plugin,
    says: map.publishes
      .filter(({ type }) => type === handler.type)
      .map(({ plugin }) => titles.get(plugin) ?? plugin)
      .join(', '),
  }));
  return (
    <DataTable
      quiet
      label={t('Events, by handler')}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.queue} ${row.type} ${row.handler}`}
      onOpen={(row) => setQuery({ queue: row.queue })}
      mark={(row) => (row.queue === chosen ? 'open' : undefined)}
      csv={{ file: 'events' }}
    />
  );
}
