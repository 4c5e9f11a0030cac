import {
  api,
  durationText,
  editItems,
  editOf,
  toast,
  useApi,
  useApiPages,
  useChange,
  useTimeStyle,
} from '@task-connect/console';
import { useEffect } from 'react';
import type { NewWorkLog, WorkLog, WorkLogPatch } from '../work-log/work-log.ts';
import type { Task } from './queries.ts';
import { t } from './t.ts';

const logs = '/api/work-logs';
const running = '/api/work-logs/running';
const live = ['work-changed'];

/** The work on which the person’s timer runs; null when it does not. */
export const useRunning = (): WorkLog | null | undefined =>
  useApi<{ running: WorkLog | null }>(running, { live }).data?.running;

/** The work of one day, the newest first. */
export const useWorkOn = (day: string) =>
  useApi<{ items: WorkLog[] }>(logs, { query: { from: day, to: day, limit: 200 }, live });

/** The time that the person spent on a task, the newest first. */
export const useWorkOnTask = (task: string) => useApi<{ items: WorkLog[] }>(logs, { query: { task, limit: 50 }, live });

/** All work from one day to another, the newest first. */
export function useWorkBetween(from: string, to: string) {
  const read = useApiPages<WorkLog>(logs, { query: { from, to, limit: 200 }, live });
  const { more } = read;
  useEffect(() => more?.(), [more]);
  return read;
}

const refreshes = [logs, '/api/tasks/today'];

export const useStopTimer = () =>
  useChange({
    send: () => api.post<WorkLog>(`${logs}/stop`),
    edits: () => [editOf<{ running: WorkLog | null }>(running, () => ({ running: null }))],
    refreshes,
  });

/** Starts the timer on a task; one that runs is stopped first, because a person does one thing at a time. */
export function useStartTimer() {
  const { zone } = useTimeStyle();
  const now = useRunning();
  return useChange({
    send: async (task: Task) => {
      if (now) {
        const stopped = await api.post<WorkLog>(`${logs}/stop`);
        toast({ text: t('The other timer stopped after {time}', { time: durationText(stopped.seconds ?? 0) }) });
      }
      return api.post<WorkLog>(logs, { task: task.id });
    },
    edits: (task) => [editOf<{ running: WorkLog | null }>(running, () => ({ running: startedNow(task.id, zone) }))],
    refreshes,
  });
}

/** What the server is about to say, so that the clock runs at once. */
const startedNow = (task: string, zone: string): WorkLog => ({
  id: '00000000-0000-7000-8000-000000000000',
  task,
  person: '00000000-0000-7000-8000-000000000000',
  note: '',
  startedAt: Temporal.Now.instant().toString(),
  endedAt: null,
  seconds: null,
  localDate: Temporal.Now.plainDateISO(zone).toString(),
  zone,
  version: 1,
});

/** Takes down work that was done. */
export const useLogWork = () =>
  useChange({ send: (work: Partial<NewWorkLog>) => api.post<WorkLog>(logs, work), refreshes });

/** Changes work, on the screen in the same frame. */
export const useChangeWork = () =>
  useChange({
    send: ({ log, patch }: { log: WorkLog; patch: WorkLogPatch }) =>
      api.patch<WorkLog>(`${logs}/${log.id}`, patch, { version: log.version }),
    edits: ({ log, patch }) => [
      editItems<WorkLog>(logs, (items) =>
        items.map((one) => (one.id === log.id ? ({ ...one, ...patch } as WorkLog) : one)),
      ),
    ],
    refreshes,
  });

/** Deletes work; the toast that follows writes it anew. */
export const useDeleteWork = () =>
  useChange({
    send: async (log: WorkLog) => {
      await api.delete(`${logs}/${log.id}`, { version: log.version });
      return true;
    },
    edits: (log) => [editItems<WorkLog>(logs, (items) => items.filter((one) => one.id !== log.id))],
    refreshes,
  });
