import type { EventMap, Queue } from './queries.ts';

// Where things stand on the map of events: publishers left, queues between, handlers right. Handlers stand together by
// queue, a queue at the height of its handlers, a publisher at that of its queues, so that few lines cross. Pure.

export type Tone = 'quiet' | 'dead' | 'standing';

export type Box<Thing> = { key: string; y: number; thing: Thing };
export type Line = {
  key: string;
  side: 'says' | 'handles';
  from: number;
  to: number;
  perMinute: number;
  tone: Tone;
  /** Numbered in the order of its rate: what a person sees who sees no dots. */
  title: string;
};

export type Layout = {
  publishers: Box<EventMap['plugins'][number]>[];
  queues: Box<Queue & { tone: Tone }>[];
  handlers: Box<EventMap['handlers'][number]>[];
  lines: Line[];
  height: number;
};

const handlerStep = 30;
const queueStep = 42;
const publisherStep = 46;
const standsAfter = 60;

/** Red where letters lie dead, dashed where what waits does not move. */
export function toneOf(queue: Pick<Queue, 'dead' | 'waiting' | 'oldestSeconds'>, isOn: boolean): Tone {
  if (queue.dead > 0) return 'dead';
  return queue.waiting > 0 && (!isOn || (queue.oldestSeconds ?? 0) > standsAfter) ? 'standing' : 'quiet';
}

/** The stroke of a line: a hair for what is quiet, up to 7 px. */
export const weightOf = (perMinute: number): number =>
  Math.round(Math.min(7, 1 + Math.log2(1 + perMinute) * 0.9) * 10) / 10;

export function layOut(map: EventMap): Layout {
  const isOn = new Map(map.plugins.map(({ id, on }) => [id, on]));
  const publishersOf = (queue: Queue) => map.publishes.filter(({ type }) => queue.types.includes(type));
  const order = (queue: Queue) => map.plugins.findIndex(({ id }) => id === publishersOf(queue)[0]?.plugin);
  const sorted = [...map.queues].sort((a, b) => order(a) - order(b) || a.queue.localeCompare(b.queue));

  let top = 0;
  const queues: Layout['queues'] = [];
  const handlers: Layout['handlers'] = [];
  const lines: Line[] = [];
  for (const queue of sorted) {
    const tone = toneOf(queue, isOn.get(queue.plugin) ?? false);
    const own = map.handlers.filter((handler) => handler.queue === queue.queue);
    const height = Math.max(queueStep, own.length * handlerStep + 10);
    const y = top + height / 2;
    queues.push({ key: queue.queue, y, thing: { ...queue, tone } });
    for (const [index, handler] of own.entries()) {
      const key = `${handler.plugin} ${handler.handler} ${handler.type}`;
      const at = y + (index - (own.length - 1) / 2) * handlerStep;
      handlers.push({ key, y: at, thing: handler });
      lines.push({
        key: `${queue.queue} ${key}`,
        side: 'handles',
        from: y,
        to: at,
        perMinute: handler.perMinute,
        tone: handler.dead > 0 ? 'dead' : tone === 'dead' ? 'quiet' : tone,
        title: `${queue.queue} → ${handler.handler}`,
      });
    }
    top += height;
  }

  const publishers = placePublishers(map, queues);
  for (const publisher of publishers) {
    for (const queue of queues) {
      const types = publishersOf(queue.thing).filter(({ plugin }) => plugin === publisher.key);
      if (types.length === 0) continue;
      lines.push({
        key: `${publisher.key} ${queue.key}`,
        side: 'says',
        from: publisher.y,
        to: queue.y,
        perMinute: types.reduce((sum, { perMinute }) => sum + perMinute, 0),
        tone: queue.thing.tone,
        title: `${publisher.thing.title} → ${queue.key}`,
      });
    }
  }
  const last = publishers.at(-1)?.y ?? 0;
  return { publishers, queues, handlers, lines, height: Math.max(top, last + publisherStep / 2) };
}

/** At the mean of their queues, and never closer than a step. */
function placePublishers(map: EventMap, queues: Layout['queues']): Layout['publishers'] {
  const wished = map.plugins.flatMap((plugin) => {
    const types = map.publishes.filter((each) => each.plugin === plugin.id).map(({ type }) => type);
    const own = queues.filter(({ thing }) => thing.types.some((type) => types.includes(type)));
    if (own.length === 0) return [];
    return [{ key: plugin.id, y: own.reduce((sum, { y }) => sum + y, 0) / own.length, thing: plugin }];
  });
  let least = publisherStep / 2;
  return wished
    .sort((a, b) => a.y - b.y)
    .map((box) => {
      const y = Math.max(box.y, least);
      least = y + publisherStep;
      return { ...box, y };
    });
}
