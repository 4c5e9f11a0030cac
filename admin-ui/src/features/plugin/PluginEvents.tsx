import { PluginMark } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

type Entry = { type: string; version: number; others: readonly string[]; said: string };

/** What it hears, from whom, and what it says, to whom. */
export function PluginEvents({ plugin }: { plugin: PluginDetail }) {
  const heard = plugin.handles.map(({ type, version, publishedBy }) => ({
    type,
    version,
    others: publishedBy,
    said:
      publishedBy.length === 0
        ? t('nobody that is there says it')
        : t('from {plugins}', { plugins: publishedBy.join(', ') }),
  }));
  const said = plugin.publishes.map(({ type, version, handledBy }) => ({
    type,
    version,
    others: [plugin.id],
    said: handledBy.length === 0 ? t('nobody hears it') : t('to {plugins}', { plugins: handledBy.join(', ') }),
  }));
  return (
    <div className={css.events}>
      <EventList title={t('Hears')} events={heard} />
      <EventList title={t('Says')} events={said} />
    </div>
  );
}

function EventList({ title, events }: { title: string; events: readonly Entry[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {events.map(({ type, version, others, said }) => (
          <li key={type}>
            <PluginMark plugin={others[0] ?? ''} size={16} />
            <span>
              <code>{type}</code>
              <em>{said}</em>
            </span>
            <small>v{version}</small>
          </li>
        ))}
      </ul>
      {events.length === 0 && <p className={css.zero}>{t('Nothing.')}</p>}
    </div>
  );
}
