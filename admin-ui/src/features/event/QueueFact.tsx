import { t } from '../../t.ts';
import css from './event-map.module.css';
import type { Tone } from './map-layout.ts';
import type { Queue } from './queries.ts';
import { rateText } from './rate-text.ts';

/** What asks for somebody, else the rate. */
export function QueueFact({ queue }: { queue: Queue & { tone: Tone } }) {
  if (queue.dead > 0) return <b>{t('{count} dead', { count: queue.dead })}</b>;
  if (queue.tone === 'standing')
    return <b>{t({ one: '{count} waits', other: '{count} wait' }, { count: queue.waiting })}</b>;
  return (
    <span>
      <span className={css.hidden}>{t('per minute:')}</span> {rateText(queue.perMinute)}
    </span>
  );
}
