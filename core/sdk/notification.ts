import { z } from 'zod';
import type { HandledEvent } from './plugin.ts';

/**
 * The event behind `notify`: every plugin publishes it, and who delivers notifications handles it from all of them.
 * `plugin` and `kind` name the declared kind; `channels` are its defaults, which a person’s preferences overrule.
 */
export const notificationRequested = {
  version: 1,
  data: z.object({
    person: z.uuid(),
    plugin: z.string(),
    kind: z.string(),
    kindTitle: z.string(),
    channels: z.array(z.enum(['in-app', 'email'])),
    urgent: z.boolean(),
    title: z.string(),
    body: z.string().nullable(),
    link: z.string().nullable(),
    key: z.string(),
  }),
} satisfies HandledEvent;

export const notificationRequestedType = 'notification.requested';
