import { type Context, declarePlugin, notificationRequested } from '@task-connect/sdk';
import { z } from 'zod';

export const notifications = declarePlugin({
  id: 'notifications',
  title: 'Notifications',
  hue: 'slate',
  icon: 'bell',
  paths: ['/notifications', '/notification-preferences', '/notification-deliveries'],
  publishes: {
    'email.requested': { version: 1, aggregate: 'notificationId', data: z.object({ notificationId: z.uuid() }) },
  },
  handles: {
    'notification.requested': notificationRequested,
    'email.requested': { version: 1, queue: 'email-queue', data: z.object({ notificationId: z.uuid() }) },
  },
});

export type NotificationsContext = Context<typeof notifications.contract>;
