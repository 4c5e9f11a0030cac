import { PageQuery, pageOf } from '@task-connect/sdk';
import { z } from 'zod';
import { Channel } from '../channel.ts';

export const DeliveryState = z.enum(['waiting', 'sent', 'not-sent', 'failed']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** What became of one notification on one channel. `reason` says why it was not sent, or why not yet. */
export const Delivery = z.object({
  id: z.uuid(),
  notification: z.uuid(),
  plugin: z.string(),
  kind: z.string(),
  title: z.string(),
  channel: Channel,
  state: DeliveryState,
  reason: z.string().nullable(),
  at: z.string(),
});
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryQuery = PageQuery.extend({ state: DeliveryState.optional(), channel: Channel.optional() });
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;

export const DeliveryPage = pageOf(Delivery);
