import { type Clock, z } from '@task-connect/sdk';
import type { Bus } from '../../events/bus.ts';
import type { EventCounts, MinuteCount } from '../../events/event-counts.ts';
import { deadByHandler, inboxByHandler } from '../../events/queue-depths.ts';
import { queueOf } from '../../kernel/queues.ts';
import { type DatabasesNeeds, fromEach, withDatabase } from '../plugin-admin/databases.ts';
import { secondsSince } from '../plugin-admin/queue-states.ts';
import { publishedTypes } from './published-types.ts';
import { rateOf } from './rates.ts';

// Who publishes what, in which queues it lies, and who handles it: from the contracts, with the numbers of now.

const Depth = {
  waiting: z.int(),
  oldestSeconds: z.int().nullable(),
  dead: z.int(),
  perMinute: z.number().describe('An average of the last five minutes'),
};

export const EventMap = z.object({
  plugins: z.array(z.object({ id: z.string(), title: z.string(), hue: z.string(), icon: z.string(), on: z.boolean() })),
  publishes: z.array(z.object({ plugin: z.string(), type: z.string(), perMinute: z.number() })),
  queues: z.array(z.object({ queue: z.string(), plugin: z.string(), types: z.array(z.string()), ...Depth })),
  handlers: z.array(
    z.object({
      plugin: z.string(),
      type: z.string(),
      queue: z.string(),
      handler: z.string(),
      failedPerMinute: z.number(),
      ...Depth,
    }),
  ),
});
export type EventMap = z.infer<typeof EventMap>;

export type MapNeeds = DatabasesNeeds & { bus: Bus; counts: EventCounts; clock: Clock };

export async function eventMap(needs: MapNeeds): Promise<EventMap> {
  const { kernel, clock, bus } = needs;
  const views = kernel.plugins().filter(({ plugin }) => plugin !== undefined);
  const there = await withDatabase(needs);
  const inboxes = await fromEach(needs, there, (database) => database.query(inboxByHandler, []));
  const graves = await fromEach(needs, there, (database) => database.query(deadByHandler, []));
  const counts = await needs.counts.last(5);
  const now = clock.now();
  const rate = (fits: (count: MinuteCount) => boolean, of: (count: MinuteCount) => number = ({ count }) => count) =>
    rateOf(
      counts.filter(fits).map((count) => ({ minute: count.minute, count: of(count) })),
      now,
    );

  const handlers = views.flatMap(({ id, plugin }) =>
    (plugin!.parts.handlers ?? []).map(({ event: type, name: handler }) => {
      const queue = queueOf(plugin!.contract, type);
      const isIt = (row: { queue: string; handler: string; type: string }) =>
        row.queue === queue && row.handler === handler && row.type === type;
      const waits = inboxes.find((each) => each.plugin === id)?.answer.find(isIt);
      const isCounted = (count: MinuteCount) => count.plugin === id && isIt(count);
      return {
        plugin: id,
        type,
        queue,
        handler,
        waiting: waits?.waiting ?? 0,
        oldestSeconds: waits?.oldestAt ? secondsSince(clock, waits.oldestAt) : null,
        dead: graves.find((each) => each.plugin === id)?.answer.find(isIt)?.dead ?? 0,
        perMinute: rate(isCounted),
        failedPerMinute: rate(isCounted, ({ failed, dead }) => failed + dead),
      };
    }),
  );

  const names = [...new Set(handlers.map(({ queue }) => queue))];
  const onBus = new Map((names.length > 0 ? await bus.depth(names) : []).map((depth) => [depth.queue, depth]));
  const queues = names.map((queue) => {
    const own = handlers.filter((each) => each.queue === queue);
    const { plugin } = own[0]!;
    const bussed = onBus.get(queue);
    const ages = own.flatMap(({ oldestSeconds }) => (oldestSeconds === null ? [] : [oldestSeconds]));
    if (bussed?.oldestAt) ages.push(secondsSince(clock, bussed.oldestAt));
    const letters = graves.find((each) => each.plugin === plugin)?.answer.filter((each) => each.queue === queue) ?? [];
    return {
      queue,
      plugin,
      types: [...new Set(own.map(({ type }) => type))],
      waiting: own.reduce((sum, { waiting }) => sum + waiting, bussed?.waiting ?? 0),
      oldestSeconds: ages.length > 0 ? Math.max(...ages) : null,
      dead: letters.reduce((sum, { dead }) => sum + dead, 0),
      perMinute: rate((count) => count.plugin === plugin && count.queue === queue),
    };
  });

  return {
    plugins: views.map(({ id, plugin, state }) => ({
      id,
      title: plugin!.contract.title,
      hue: plugin!.contract.hue ?? 'stone',
      icon: plugin!.contract.icon ?? 'plug',
      on: state === 'on',
    })),
    publishes: views.flatMap(({ id, plugin }) =>
      publishedTypes(plugin!.contract).map((type) => ({
        plugin: id,
        type,
        perMinute: rate((count) => count.plugin === id && count.type === type && count.queue === ''),
      })),
    ),
    queues,
    handlers,
  };
}
