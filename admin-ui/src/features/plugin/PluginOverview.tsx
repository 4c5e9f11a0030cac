import { type Column, DataTable, Link, roughly, Section } from '@task-connect/console';
import { SettingsParts } from '../../shell/SettingsParts.tsx';
import { t } from '../../t.ts';
import { PluginSettings } from './PluginSettings.tsx';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

type Queue = PluginDetail['queues'][number];

const columnsOf = (plugin: string): readonly Column<Queue>[] => [
  { key: 'queue', title: t('Queue'), cell: ({ queue }) => <code>{queue}</code> },
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
    cell: ({ dead }) =>
      dead === 0 ? (
        <span className={css.zero}>0</span>
      ) : (
        <Link className={css.bad} to={`/platform/dead-letters?plugin=${plugin}`}>
          {dead}
        </Link>
      ),
  },
];

const isLate = (seconds: number | null) => (seconds ?? 0) > 300;

/** What flows through it, what it needs, and its settings beside that. */
export function PluginOverview({ plugin }: { plugin: PluginDetail }) {
  return (
    <div className={css.columns}>
      <div>
        <Section title={t('Queues')} note={plugin.state === 'on' ? undefined : t('parked: nothing is dropped')}>
          {plugin.queues.length === 0 ? (
            <p className={css.plain}>{t('It hears no events.')}</p>
          ) : (
            <DataTable
              quiet
              label={t('Queues')}
              columns={columnsOf(plugin.id)}
              rows={plugin.queues}
              rowKey={(queue) => queue.queue}
            />
          )}
        </Section>
        <Section title={t('Events')} note={t('what it hears and says')}>
          <div className={css.events}>
            <EventList title={t('Hears')} events={plugin.handles} none={t('Nothing.')} />
            <EventList title={t('Says')} events={plugin.publishes} none={t('Nothing.')} />
          </div>
        </Section>
        {plugin.uses.length > 0 && (
          <Section title={t('Needs')} note={t('services of other plugins')}>
            <Needs plugin={plugin} />
          </Section>
        )}
      </div>
      <div>
        <PluginSettings plugin={plugin} />
        <SettingsParts plugin={plugin.id} />
      </div>
    </div>
  );
}

type EventListProps = { title: string; events: readonly { type: string; version: number }[]; none: string };

function EventList({ title, events, none }: EventListProps) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {events.map((event) => (
          <li key={event.type}>
            <code>{event.type}</code> <small>v{event.version}</small>
          </li>
        ))}
      </ul>
      {events.length === 0 && <p className={css.zero}>{none}</p>}
    </div>
  );
}

function Needs({ plugin }: { plugin: PluginDetail }) {
  return (
    <ul className={css.needs}>
      {plugin.uses.map((use) => (
        <li key={use.service}>
          <code>{use.service}</code>
          <small>
            {use.offeredBy
              ? t('from {plugin}', { plugin: use.offeredBy })
              : use.optional
                ? t('nobody offers it; it does without')
                : t('nobody offers it')}
          </small>
        </li>
      ))}
    </ul>
  );
}
