import { useApi } from '@task-connect/console';
import type { ProjectFigures } from '../../statistics/statistics.ts';

/** How far a project is, with all that lies in it; counted by events, so it is read again a moment after each change. */
export const useProjectFigures = (project: string) =>
  useApi<ProjectFigures>(`/api/analytics/projects/${project}`, {
    live: ['task-changed', 'work-changed', 'project-changed', 'statistics-changed'],
  });
