import { useApi } from '@task-connect/console';
import type { Productivity } from '../../statistics/statistics.ts';

export type { Productivity };

/** What came of the days; counted by events, so it is read again a moment after each change. */
export const useProductivity = (range: { from: string; to: string }, person: string | null) =>
  useApi<Productivity>('/api/analytics/productivity', {
    query: { ...range, person },
    live: ['task-changed', 'work-changed', 'statistics-changed'],
  });
