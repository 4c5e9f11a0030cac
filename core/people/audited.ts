import type { Actor, Publish } from '@task-connect/sdk';
import type { people } from './contract.ts';

export type By = { actor: Actor; address: string; requestId: string };
type Change = { action: string; subject: string; before?: unknown; after?: unknown; organisation?: string };

/** Says what was changed, in the transaction of the change; the console’s plugin writes it down. */
export async function audited(by: By, publish: Publish<typeof people.contract>, change: Change): Promise<void> {
  const { actor, address, requestId } = by;
  await publish('platform.audited', { ...change, actorName: actor.name, address, requestId });
}
