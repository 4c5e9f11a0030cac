import { notFound } from '@task-connect/sdk';
import { notifications } from '../contract.ts';
import { Notification, NotificationPage, NotificationQuery, ReadCount, UnreadCount } from './notification.ts';
import {
  notificationPage,
  readAllNotifications,
  readNotification,
  toNotification,
  unreadCount,
} from './notification-table.ts';

export const listNotifications = notifications.route({
  method: 'GET',
  path: '/notifications',
  summary: 'List what you were told, the newest first',
  description: 'Of all organisations that you belong to.',
  permission: 'signed-in',
  query: NotificationQuery,
  returns: NotificationPage,
  handle: ({ query, actor }, { tx }) => notificationPage(tx, actor.person, query),
});

export const countNotifications = notifications.route({
  method: 'GET',
  path: '/notifications/count',
  summary: 'Count what you have not read',
  permission: 'signed-in',
  returns: UnreadCount,
  async handle({ actor }, { tx }) {
    return { unread: await unreadCount(tx, actor.person) };
  },
});

export const markRead = notifications.route({
  method: 'POST',
  path: '/notifications/:notificationId/read',
  summary: 'Mark one as read',
  permission: 'signed-in',
  returns: Notification,
  async handle({ params: { notificationId }, actor }, { tx, clock, live }) {
    const row = await readNotification(tx, actor.person, notificationId, clock.now().toString());
    if (!row) notFound('notification', notificationId);
    await live({ type: 'notification', person: actor.person, data: { notificationId: row.id } });
    return toNotification(row);
  },
});

export const markAllRead = notifications.route({
  method: 'POST',
  path: '/notifications/read-all',
  summary: 'Mark all as read',
  permission: 'signed-in',
  returns: ReadCount,
  async handle({ actor }, { tx, clock, live }) {
    const read = await readAllNotifications(tx, actor.person, clock.now().toString());
    if (read > 0) await live({ type: 'notification', person: actor.person });
    return { read };
  },
});
