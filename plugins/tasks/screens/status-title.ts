import type { Task } from './queries.ts';
import { t } from './t.ts';

export const statuses: readonly Task['status'][] = ['open', 'active', 'waiting', 'done', 'cancelled'];

/** What a status is called. */
export const statusTitles: Record<Task['status'], string> = {
  open: t('To do'),
  active: t('Doing'),
  waiting: t('Waiting'),
  done: t('Done'),
  cancelled: t('Dropped'),
};

export const priorityTitles: Record<Task['priority'], string> = {
  none: t('None'),
  low: t('Low'),
  medium: t('Medium'),
  high: t('High'),
};
