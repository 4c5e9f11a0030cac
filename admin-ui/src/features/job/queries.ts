import { api, useApi, useApiPages, useChange } from '@task-connect/console';

export type Job = {
  plugin: string;
  name: string;
  title: string;
  cron: string;
  zone: string | null;
  late: string;
  paused: boolean;
  nextAt: string | null;
  lastAt: string | null;
  lastState: string | null;
  lastError: string | null;
};

export type JobRun = {
  id: string;
  at: string;
  startedAt: string | null;
  endedAt: string | null;
  state: string;
  error: string | null;
};

export const useJobs = () => useApi<{ items: Job[] }>('/api/platform/jobs', { every: 10_000 });

export const useRuns = (job: Job) =>
  useApiPages<JobRun>(`/api/platform/jobs/${job.plugin}/${encodeURIComponent(job.name)}/runs`);

export const useRunNow = () =>
  useChange({
    send: async (job: Job) => {
      await api.post(`/api/platform/jobs/${job.plugin}/${encodeURIComponent(job.name)}/run`);
      return job;
    },
    refreshes: ['/api/platform/jobs', '/api/platform/plugins'],
  });
