import '../../operator-font.ts';
import {
  EmptyState,
  Page,
  Problem,
  Section,
  SegmentedControl,
  SkeletonRows,
  setQuery,
  usePlace,
  useTelephone,
} from '@task-connect/console';
import { t } from '../../t.ts';
import { DeadLetterList } from '../dead-letter/DeadLetterList.tsx';
import { EventMap } from './EventMap.tsx';
import { EventTable } from './EventTable.tsx';
import css from './events.module.css';
import { FindEvent } from './FindEvent.tsx';
import { flowOf } from './flow.ts';
import { QueueFacts } from './QueueFacts.tsx';
import { QueueList } from './QueueList.tsx';
import { useEventMap } from './queries.ts';

/** How events flow, as a map that lives or as a table; what lies dead in the chosen queue stands below. */
export function Events() {
  const { data: map, problem, refresh } = useEventMap();
  const { query } = usePlace();
  const telephone = useTelephone();
  const asTable = query.get('view') === 'table';
  const queue = map?.queues.find((each) => each.queue === query.get('queue'));
  const flow = map && flowOf(map);
  return (
    <Page
      title={flow?.title ?? t('Events')}
      here={t('Events')}
      path={[{ title: t('Platform') }]}
      summary={flow?.summary}
      actions={<FindEvent />}
      fill
    >
      <Problem problem={problem} retry={refresh} />
      {!map && !problem && <SkeletonRows rows={8} height="44px" />}
      {map && map.queues.length === 0 && (
        <EmptyState icon="topology-star-3" title={t('No plugin hears an event yet')}>
          {t('Plugins tell one another what has happened. Enable one, and its queues stand here.')}
        </EmptyState>
      )}
      {map && map.queues.length > 0 && (
        <Section
          title={t('Flow')}
          note={
            telephone ? (
              t('messages per minute')
            ) : (
              <span className={css.view}>
                {asTable ? t('messages per minute') : t('messages per minute; the line’s weight is the rate')}
                <SegmentedControl
                  aria-label={t('Show as')}
                  value={asTable ? 'table' : 'map'}
                  onChange={(view) => setQuery({ view: view === 'table' ? view : null })}
                  data={[
                    { value: 'map', label: t('Map') },
                    { value: 'table', label: t('Table') },
                  ]}
                />
              </span>
            )
          }
        >
          {telephone ? (
            <QueueList map={map} chosen={queue?.queue ?? null} />
          ) : asTable ? (
            <EventTable map={map} chosen={queue?.queue ?? null} />
          ) : (
            <EventMap map={map} chosen={queue?.queue ?? null} onChoose={(chosen) => setQuery({ queue: chosen })} />
          )}
        </Section>
      )}
      {map && queue && <QueueFacts key={queue.queue} queue={queue} map={map} />}
      {map && !queue && flow!.dead > 0 && (
        <Section title={t('Dead letters')} note={t('of all queues')}>
          <DeadLetterList plugin={null} queue={null} quiet />
        </Section>
      )}
    </Page>
  );
}
