import { api, useApi, useChange } from '@task-connect/console';
import type { ItemOf } from '../../api/answer.ts';

export type Job = ItemOf<'GET /api/platform/jobs'>;
export type JobRun = ItemOf<'GET /api/platform/jobs/{pluginId}/{name}/runs'>;
export type OneOffCount = ItemOf<'GET /api/platform/one-offs'>;
export type DeadOneOff = ItemOf<'GET /api/platform/one-offs/dead'>;

const jobs = '/api/platform/jobs';
const oneOffs = '/api/platform/one-offs';
const pathOf = (job: Job) => `${jobs}/${job.plugin}/${encodeURIComponent(job.name)}`;

export const useJobs = () => useApi<{ items: Job[] }>(jobs, { live: ['plugins-changed'], every: 10_000 });

export const useRuns = (job: Job) => useApi<{ items: JobRun[] }>(`${pathOf(job)}/runs`, { every: 10_000 });

/** What an operator does to a job. */
export const useJobOrder = () =>
  useChange({
    send: async ({ job, order }: { job: Job; order: 'run' | 'pause' | 'resume' }) => {
      await api.post(`${pathOf(job)}/${order}`);
      return job;
    },
    refreshes: [jobs, '/api/platform/plugins'],
  });

export const useOneOffs = () => useApi<{ items: OneOffCount[] }>(oneOffs, { live: ['plugins-changed'], every: 10_000 });

export const useDeadOneOffs = () => useApi<{ items: DeadOneOff[] }>(`${oneOffs}/dead`, { every: 30_000 });

const keyOf = ({ plugin, job, organisation, key }: DeadOneOff) => ({ plugin, job, organisation, key });

export const useOneOffAgain = () =>
  useChange({
    send: (one: DeadOneOff) => api.post<{ again: boolean }>(`${oneOffs}/again`, keyOf(one)),
    refreshes: [oneOffs],
  });

export const useOneOffDiscard = () =>
  useChange({
    send: ({ one, reason }: { one: DeadOneOff; reason: string }) =>
      api.post<{ discarded: boolean }>(`${oneOffs}/discard`, { ...keyOf(one), reason }),
    refreshes: [oneOffs],
  });
