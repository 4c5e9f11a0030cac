import { useTimeStyle } from '@task-connect/console';
import { useTasks } from '../queries.ts';

export type Progress = {
  done: number;
  total: number;
  overdue: number;
  estimateSeconds: number;
  /** Null where only one’s own time is known. */
  trackedSeconds: number | null;
};

/** How far a project is. */
export function useProgress(project: string): Progress | undefined {
  const { now, zone } = useTimeStyle();
  const filter = { project, assignee: null, text: '', sort: '-created', limit: 1 };
  const all = useTasks({ ...filter, status: 'open,active,waiting,done' });
  const done = useTasks({ ...filter, status: 'done' });
  const today = now.toZonedDateTimeISO(zone).toPlainDate().toString();
  const late = useTasks({ ...filter, status: 'open,active,waiting', dueBefore: today });
  if (all.total === undefined || done.total === undefined) return undefined;
  const counts = { done: done.total, total: all.total, overdue: late.total ?? 0 };
  return { ...counts, estimateSeconds: 0, trackedSeconds: null };
}
