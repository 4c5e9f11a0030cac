import { navigate, SegmentedControl, usePlace } from '@task-connect/console';
import { t } from './t.ts';

const paths: Record<string, string> = { list: '/tasks', board: '/tasks/board' };

/** The ways to look at tasks; filters go along. */
export function TaskViews({ at }: { at: 'list' | 'board' }) {
  const { query } = usePlace();
  return (
    <SegmentedControl
      aria-label={t('View')}
      value={at}
      data={[
        { value: 'list', label: t('List') },
        { value: 'board', label: t('Board') },
      ]}
      onChange={(value) => navigate(paths[value] + (query.size > 0 ? `?${query}` : ''))}
    />
  );
}
