import {
  Button,
  EmptyState,
  navigate,
  Page,
  Problem,
  SegmentedControl,
  SkeletonRows,
  setQuery,
  usePlace,
} from '@task-connect/console';
import { NotificationRow } from './NotificationRow.tsx';
import css from './notification.module.css';
import { useMarkAllRead, useNotifications, useUnreadCount } from './queries.ts';
import { t } from './t.ts';

/** What one was told, the newest first; it grows while one looks at it. */
export function Inbox() {
  const unreadOnly = usePlace().query.get('show') === 'unread';
  const list = useNotifications(unreadOnly);
  const unread = useUnreadCount();
  const markAll = useMarkAllRead();
  return (
    <Page
      title={t('Inbox')}
      summary={
        unread !== undefined &&
        (unread === 0
          ? t('All is read.')
          : t({ one: 'One is unread.', other: '{count} are unread.' }, { count: unread }))
      }
      actions={
        <>
          <SegmentedControl
            aria-label={t('Shown')}
            value={unreadOnly ? 'unread' : 'all'}
            data={[
              { value: 'all', label: t('All') },
              { value: 'unread', label: t('Unread') },
            ]}
            onChange={(value) => setQuery({ show: value === 'all' ? null : value })}
          />
          <Button disabled={!unread} onClick={() => void markAll.run(undefined)}>
            {t('Mark all as read')}
          </Button>
          <Button onClick={() => navigate('/notifications/preferences')}>{t('Preferences')}</Button>
        </>
      }
    >
      <Problem problem={markAll.problem ?? list.problem} retry={list.refresh} />
      {list.loading && <SkeletonRows rows={6} />}
      {list.data?.length === 0 && <NothingHere unreadOnly={unreadOnly} />}
      <ul>
        {list.data?.map((notification) => (
          <NotificationRow key={notification.id} notification={notification} />
        ))}
      </ul>
      {list.more && (
        <div className={css.more}>
          <Button onClick={list.more}>{t('Show more')}</Button>
        </div>
      )}
    </Page>
  );
}

function NothingHere({ unreadOnly }: { unreadOnly: boolean }) {
  if (unreadOnly) return <EmptyState icon="mail-opened" title={t('All is read')} />;
  return (
    <EmptyState icon="bell" title={t('Nothing yet')}>
      {t('Reminders and what others do with your things come to stand here. A task with a due time reminds you.')}
    </EmptyState>
  );
}
