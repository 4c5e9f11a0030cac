import { statement } from '@task-connect/sdk';

/** What waits in a plugin’s inbox, for each handler and type of event. */
export const inboxByHandler = statement<
  [],
  { queue: string; handler: string; type: string; waiting: number; oldestAt: string | null }
>(
  'tc.inbox.by-handler',
  `select queue, handler, envelope->>'type' as type, count(*)::int as waiting, min(received_at) as "oldestAt"
   from tc.inbox group by 1, 2, 3`,
);

/** The same of its dead letters. */
export const deadByHandler = statement<[], { queue: string; handler: string; type: string; dead: number }>(
  'tc.dead.by-handler',
  `select queue, handler, envelope->>'type' as type, count(*)::int as dead from tc.dead_letter group by 1, 2, 3`,
);
