import { api, useApi, useChange } from '@task-connect/console';

export type Job = {
  plugin: string;
  name: string;
  title: string;
  cron: string;
  zone: string;
  late: string;
  paused: boolean;
  nextAt: string | null;
  lastAt: string | null;
  lastState: string | null;
  lastError: string | null;
};

export type JobRun = {
  id: number;
  at: string;
  startedAt: string;
  endedAt: string | null;
  state: string;
  error: string | null;
  byHand: boolean;
};

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
