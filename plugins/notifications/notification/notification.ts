import { PageQuery, pageOf } from '@task-connect/sdk';
import { z } from 'zod';

/** What one person is told of one event of one kind. `link` is a path of the console. */
export const Notification = z.object({
  id: z.uuid(),
  organisation: z.uuid().describe('Where it happened; the link leads there'),
  plugin: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string().nullable(),
  link: z.string().nullable(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
});
export type Notification = z.infer<typeof Notification>;

export const NotificationQuery = PageQuery.extend({
  unread: z.stringbool().default(false).describe('Only those that are not read'),
});
export type NotificationQuery = z.infer<typeof NotificationQuery>;

export const NotificationPage = pageOf(Notification);
export const UnreadCount = z.object({ unread: z.int() });
export const ReadCount = z.object({ read: z.int().describe('How many were unread until now') });
