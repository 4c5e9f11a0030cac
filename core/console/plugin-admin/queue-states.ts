import type { Clock, Contract } from '@task-connect/sdk';
import type { Pools } from '../../database/pools.ts';
import type { Bus } from '../../events/bus.ts';
import { deadLetters } from '../../events/dead-letters.ts';
import { inboxDepths } from '../../events/inbox.ts';
import type { PluginView } from '../../kernel/kernel.ts';
import { queueOf } from '../../kernel/queues.ts';

export const queuesOf = (contract: Contract, handled: readonly string[]) => [
  ...new Set(handled.map((type) => queueOf(contract, type))),
];

/** Waiting, oldest and dead of a plugin’s queues: on the bus and in its inbox together, also while it is off. */
export async function queueStates(
  needs: { bus: Bus; pools: Pools; clock: Clock },
  view: PluginView,
  hasDatabase: boolean,
) {
  const { contract, parts } = view.plugin!;
  const queues = queuesOf(
    contract,
    (parts.handlers ?? []).map((handler) => handler.event),
  );
  if (queues.length === 0) return [];
  const onBus = await needs.bus.depth(queues);
  const database = hasDatabase ? needs.pools.bookkeeping(view.id) : undefined;
  const inInbox = (await database?.query(inboxDepths, [])) ?? [];
  const dead = database ? await deadLetters(database, needs.clock).depths() : [];
  return queues.map((queue) => {
    const bus = onBus.find((each) => each.queue === queue);
    const inbox = inInbox.find((each) => each.queue === queue);
    const ages = [bus?.oldestAt, inbox?.oldestAt].flatMap((at) => (at ? [secondsSince(needs.clock, at)] : []));
    return {
      queue,
      waiting: (bus?.waiting ?? 0) + (inbox?.waiting ?? 0),
      oldestSeconds: ages.length > 0 ? Math.max(...ages) : null,
      dead: dead.find((each) => each.queue === queue)?.dead ?? 0,
    };
  });
}

export const secondsSince = (clock: Clock, at: string): number =>
  Math.max(0, Math.round(clock.now().since(Temporal.Instant.from(at)).total('seconds')));
