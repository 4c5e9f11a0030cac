import { api, durationText, editOf, toast, useApi, useChange, useTimeStyle } from '@task-connect/console';
import type { WorkLog } from '../work-log/work-log.ts';
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
