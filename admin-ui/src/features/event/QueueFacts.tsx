import { Link, roughly, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import { DeadLetterList } from '../dead-letter/DeadLetterList.tsx';
import css from './events.module.css';
import type { EventMap, Queue } from './queries.ts';

/** The chosen queue: whose it is, what waits in it, and what lies dead. */
export function QueueFacts({ queue, map }: { queue: Queue; map: EventMap }) {
  const plugin = map.plugins.find(({ id }) => id === queue.plugin);
  const facts = t.rich('{plugin} takes {types} from it.', {
    plugin: <Link to={`/platform/plugins/${queue.plugin}`}>{plugin?.title ?? queue.plugin}</Link>,
    types: queue.types.join(', '),
  });
  const waits =
    queue.waiting > 0
      ? t(
          { one: 'One message waits, for {age}.', other: '{count} messages wait, the oldest for {age}.' },
          { count: queue.waiting, age: roughly(queue.oldestSeconds ?? 0) },
        )
      : t('Nothing waits.');
  return (
    <Section
      title={
        queue.dead > 0
          ? t(
              { one: '{queue}: one dead letter', other: '{queue}: {count} dead letters' },
              { queue: queue.queue, count: queue.dead },
            )
          : queue.queue
      }
    >
      <p className={css.facts}>
        {facts} {waits}{' '}
        {plugin &&
          !plugin.on &&
          t('{plugin} is off: its messages stay until it is on again.', { plugin: plugin.title })}
      </p>
      {queue.dead > 0 && <DeadLetterList plugin={queue.plugin} queue={queue.queue} quiet />}
    </Section>
  );
}
