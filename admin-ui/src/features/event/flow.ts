import { roughly } from '@task-connect/console';
import { t } from '../../t.ts';
import { toneOf } from './map-layout.ts';
import type { EventMap } from './queries.ts';
import { rateText } from './rate-text.ts';

/** How it stands with the events, as a sentence; what asks for somebody comes first. */
export function flowOf(map: EventMap): { title: string; summary: string; dead: number } {
  const isOn = new Map(map.plugins.map(({ id, on }) => [id, on]));
  const dead = map.queues.reduce((sum, queue) => sum + queue.dead, 0);
  const standing = map.queues.filter(
    (queue) => toneOf({ ...queue, dead: 0 }, isOn.get(queue.plugin) ?? false) !== 'quiet',
  );
  const waiting = standing.reduce((sum, queue) => sum + queue.waiting, 0);
  const oldest = Math.max(0, ...standing.map(({ oldestSeconds }) => oldestSeconds ?? 0));
  const rate = map.handlers.reduce((sum, { perMinute }) => sum + perMinute, 0);
  const flows =
    rate > 0
      ? t('{rate} handled a minute.', { rate: rateText(rate) })
      : t('Nothing was handled in the last five minutes.');
  const stands = t(
    {
      one: '{count} message waits and does not move, for {age}.',
      other: '{count} messages wait and do not move, the oldest for {age}.',
    },
    { count: waiting, age: roughly(oldest) },
  );
  const title =
    dead > 0
      ? t({ one: 'One message could not be handled', other: '{count} messages could not be handled' }, { count: dead })
      : standing.length > 0
        ? t({ one: 'One queue stands', other: '{count} queues stand' }, { count: standing.length })
        : t('Events flow');
  return { title, summary: standing.length > 0 ? `${stands} ${flows}` : flows, dead };
}
