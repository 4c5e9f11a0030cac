import { api, editItems, editOf, useApi, useApiPages, useChange } from '@task-connect/console';
import type { Notification } from '../notification/notification.ts';
import type { NewPreference, Preference } from '../preference/preference.ts';

export type { Notification, Preference };

const list = '/api/notifications';
const count = '/api/notifications/count';
const preferences = '/api/notification-preferences';
const live = ['notification'];

export const useNotifications = (unread: boolean) => useApiPages<Notification>(list, { query: { unread }, live });

/** The first unread ones, for Today. */
export const useNewest = () => useApi<{ items: Notification[] }>(list, { query: { unread: true, limit: 6 }, live });

/** How many are unread, as they come. */
export const useUnreadCount = (): number | undefined => useApi<{ unread: number }>(count, { live }).data?.unread;

/** Marks one as read; it stays where it is until the list is read again. */
export const useMarkRead = () =>
  useChange({
    send: (one: Notification) => api.post<Notification>(`${list}/${one.id}/read`),
    edits: (one) => [
      editItems<Notification>(list, (all) => all.map((other) => (other.id === one.id ? asRead(other) : other))),
      editOf<{ unread: number }>(count, ({ unread }) => ({ unread: one.readAt ? unread : Math.max(0, unread - 1) })),
    ],
    refreshes: [count],
  });

export const useMarkAllRead = () =>
  useChange({
    send: () => api.post<{ read: number }>(`${list}/read-all`),
    edits: () => [
      editItems<Notification>(list, (all) => all.map(asRead)),
      editOf<{ unread: number }>(count, () => ({ unread: 0 })),
    ],
    refreshes: [list],
  });

const asRead = (one: Notification): Notification => ({
  ...one,
  readAt: one.readAt ?? Temporal.Now.instant().toString(),
});

export const usePreferences = () => useApi<{ items: Preference[] }>(preferences);

/** Chooses the channels of one kind; effective at once. */
export const useChoose = () =>
  useChange({
    send: (choice: NewPreference) => api.put<Preference>(preferences, choice),
    edits: ({ plugin, kind, channels }) => [
      editItems<Preference>(preferences, (all) =>
        all.map((one) => (one.plugin === plugin && one.kind === kind ? { ...one, channels } : one)),
      ),
    ],
    refreshes: [preferences],
  });
