import { DateTime, PluginMark, useGoIn } from '@task-connect/console';
import css from './notification.module.css';
import { type Notification, useMarkRead } from './queries.ts';
import { t } from './t.ts';

/** One notification; opening it marks it as read and goes to what it is about. */
export function NotificationRow({ notification }: { notification: Notification }) {
  const goIn = useGoIn();
  const markRead = useMarkRead();
  const read = notification.readAt !== null;
  const open = () => {
    if (!read) void markRead.run(notification);
    if (notification.link) goIn(notification.organisation, notification.link);
  };
  return (
    <li>
      <button type="button" className={css.row} data-read={read || undefined} onClick={open}>
        <PluginMark plugin={notification.plugin} />
        <div>
          <strong dir="auto">
            {!read && <span hidden>{t('Unread:')} </span>}
            {notification.title}
          </strong>
          {notification.body && <span dir="auto">{notification.body}</span>}
        </div>
        <DateTime at={notification.createdAt} />
      </button>
    </li>
  );
}
