import type { Contract, Plugin } from '@task-connect/sdk';
import type { QueueSpec } from '../events/bus.ts';

/** The queue of a plugin for an event: as its contract names it, else `<plugin>.<event>`. */
export const queueOf = (contract: Contract, event: string): string =>
  contract.handles?.[event]?.queue ?? `${contract.id}.${event}`;

/** The queues of a plugin, each with the events that come to it; only those that it has a handler for. */
export function queuesOf({ contract, parts }: Plugin): QueueSpec[] {
  const events = [...new Set((parts.handlers ?? []).map((handler) => handler.event))];
  return [...Map.groupBy(events, (event) => queueOf(contract, event))].map(([queue, types]) => ({
    queue,
    plugin: contract.id,
    types,
  }));
}
