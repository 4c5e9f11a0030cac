import { api, useApi, useChange } from '@task-connect/console';
import type { ItemOf } from '../../api/answer.ts';

export type Job = ItemOf<'GET /api/platform/jobs'>;
export type JobRun = ItemOf<'GET /api/platform/jobs/{pluginId}/{name}/runs'>;

export const useJobs = () => useApi<{ items: Job[] }>('/api/platform/jobs', { every: 10_000 });

export const useRuns = (job: Job) =>
  useApi<{ items: JobRun[] }>(`/api/platform/jobs/${job.plugin}/${encodeURIComponent(job.name)}/runs`);

export const useRunNow = () =>
  useChange({
    send: async (job: Job) => {
      await api.post(`/api/platform/jobs/${job.plugin}/${encodeURIComponent(job.name)}/run`);
      return job;
    },
    refreshes: ['/api/platform/jobs', '/api/platform/plugins'],
  });
