import { Link, Problem, Section, SkeletonRows } from '@task-connect/console';
import { NotificationRow } from './NotificationRow.tsx';
import css from './notification.module.css';
import { useNewest, useUnreadCount } from './queries.ts';
import { t } from './t.ts';

/** The newest unread notifications, on Today. */
export function UnreadWidget() {
  const { data, problem, loading, refresh } = useNewest();
  const count = useUnreadCount();
  return (
    <Section title={t('Unread')} note={count !== undefined && <Link to="/notifications">{count}</Link>}>
      <Problem problem={problem} retry={refresh} />
      {loading && <SkeletonRows rows={3} />}
      {data?.items.length === 0 && <p className={css.more}>{t('All is read.')}</p>}
      <ul>
        {data?.items.map((notification) => (
          <NotificationRow key={notification.id} notification={notification} />
        ))}
      </ul>
    </Section>
  );
}
