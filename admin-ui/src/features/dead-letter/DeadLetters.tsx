import '../../operator-font.ts';
import { FilterBar, FilterMenu, Page, setQuery, usePlace } from '@task-connect/console';
import { t } from '../../t.ts';
import { useEventMap } from '../event/queries.ts';
import { DeadLetterList } from './DeadLetterList.tsx';
import { useDeadLetters } from './queries.ts';

/** Messages that could not be handled after the last try; each can be replayed once its cause is mended. */
export function DeadLetters() {
  const { query } = usePlace();
  const which = { plugin: query.get('plugin'), queue: query.get('queue') };
  const letters = useDeadLetters(which);
  const { data: map } = useEventMap();
  const queues = map?.queues.filter(({ plugin }) => which.plugin === null || plugin === which.plugin) ?? [];
  const count = letters.total ?? letters.data?.length ?? 0;
  return (
    <Page
      title={
        letters.data
          ? t({ one: 'One message could not be handled', other: '{count} messages could not be handled' }, { count })
          : t('Dead letters')
      }
      here={t('Dead letters')}
      path={[{ title: t('Platform') }, { title: t('Events'), to: '/platform/events' }]}
      summary={count > 0 && t('Mend the cause, then replay. Those of plugins that are off wait here, too.')}
      fill
    >
      <FilterBar>
        <FilterMenu
          label={t('Plugin')}
          all={t('any plugin')}
          value={which.plugin}
          options={map?.plugins.map(({ id, title }) => ({ value: id, title })) ?? []}
          onChange={(plugin) => setQuery({ plugin, queue: null })}
        />
        <FilterMenu
          label={t('Queue')}
          all={t('any queue')}
          value={which.queue}
          options={queues.map(({ queue }) => ({ value: queue, title: queue }))}
          onChange={(queue) => setQuery({ queue })}
        />
      </FilterBar>
      <DeadLetterList key={`${which.plugin} ${which.queue}`} {...which} />
    </Page>
  );
}
