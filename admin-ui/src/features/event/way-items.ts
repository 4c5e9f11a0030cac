import type { TimelineItem } from '@task-connect/console';
import { t } from '../../t.ts';
import type { EventWay, WayStep } from './queries.ts';

/** An event’s way in the order of time: published, carried, taken, each failed try, and each end. */
export function wayItems(way: EventWay): TimelineItem[] {
  const items: TimelineItem[] = [
    {
      id: 'published',
      at: way.publishedAt,
      title: way.publishedBy ? t('{plugin} published it', { plugin: way.publishedBy }) : t('It was published'),
      ...(way.actor && { detail: t('by {who}', { who: way.actor.name ?? way.actor.id }) }),
    },
    ...(way.leftAt
      ? [{ id: 'left', at: way.leftAt, title: t('It left the outbox of {plugin}', { plugin: way.publishedBy ?? '' }) }]
      : []),
    ...way.steps.flatMap(itemsOf),
  ];
  // What happened in one moment stays in the order in which it must have.
  return items
    .map((item, index) => ({ item, index, at: Temporal.Instant.from(item.at) }))
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at) || a.index - b.index)
    .map(({ item }) => item);
}

function itemsOf(step: WayStep): TimelineItem[] {
  const { handler, queue } = step;
  const id = `${step.plugin} ${handler}`;
  const items: TimelineItem[] = [];
  if (step.receivedAt)
    items.push({
      id: `${id} received`,
      at: step.receivedAt,
      title: t('{plugin} took it for {handler}', { plugin: step.plugin, handler }),
      detail: queue,
    });
  for (const [index, attempt] of step.attempts.entries())
    items.push({
      id: `${id} ${index}`,
      at: attempt.at,
      state: 'warn',
      title: t('{handler} failed, try {n}', { handler, n: index + 1 }),
      detail: attempt.error,
    });
  if (step.endedAt && step.state === 'done')
    items.push({ id: `${id} done`, at: step.endedAt, state: 'ok', title: t('{handler} is done', { handler }) });
  if (step.endedAt && (step.state === 'dead' || step.state === 'parked'))
    items.push({
      id: `${id} dead`,
      at: step.endedAt,
      state: 'bad',
      title: step.state === 'dead' ? t('{handler} gave it up', { handler }) : t('{handler} parked it', { handler }),
    });
  if (step.endedAt && step.state === 'discarded')
    items.push({
      id: `${id} discarded`,
      at: step.endedAt,
      state: 'off',
      title: t('It was discarded for {handler}', { handler }),
      detail: step.discardedBecause,
    });
  return items;
}
