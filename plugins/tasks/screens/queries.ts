import { api, type Edit, editItems, editOf, useApi, useApiPages, useChange, useMe } from '@task-connect/console';
import type { PlannedBlock } from '../plan/planned-block.ts';
import type { Preferences } from '../preference/preference.ts';
import type { Project } from '../project/project.ts';
import type { BulkChange, NewTask, Task, TaskPatch, Today } from '../task/task.ts';
import type { WorkLog } from '../work-log/work-log.ts';

export type { BulkChange, PlannedBlock, Project, Task, TaskPatch, Today, WorkLog };

/** What must be given for a new task; the server fills the rest. */
export type TaskDraft = Pick<NewTask, 'title'> & Partial<NewTask>;

const tasks = '/api/tasks';
const today = '/api/tasks/today';
const live = ['task-changed'];

export type TaskFilter = {
  status: string;
  project: string | null;
  assignee: string | null;
  text: string;
  sort: string;
  limit?: number;
  dueAfter?: string;
  dueBefore?: string;
};

/** The tasks that fit, page by page, with their number. */
export const useTasks = (filter: TaskFilter) => useApiPages<Task>(tasks, { query: { ...filter, count: true }, live });

export const useTask = (id: string | undefined) => useApi<Task>(id ? `${tasks}/${id}` : null, { live });

/** The person’s day in their zone. */
export function useToday() {
  const { zone } = useMe();
  return useApi<Today>(today, { query: { zone }, live: ['task-changed', 'work-changed'] });
}

/** The latest that were done; those of today are picked from them. */
export const useDoneTasks = () =>
  useApi<{ items: Task[] }>(tasks, { query: { status: 'done', sort: '-updated', limit: 30 }, live });

export function useProjects(): readonly Project[] | undefined {
  return useApi<{ items: Project[] }>('/api/projects', {
    query: { limit: 200, archived: false },
    live: ['project-changed'],
  }).data?.items;
}

/** What the person chose for tasks in this organisation. */
export const useTaskPreferences = () => useApi<Preferences>('/api/tasks/preferences');

export const useAddTask = () =>
  useChange({ send: (draft: TaskDraft) => api.post<Task>(tasks, draft), refreshes: [tasks] });

export type TaskChange = { task: Task; patch: TaskPatch };

/** Changes a task, on the screen in the same frame; a change of somebody else in between is a 412. */
export const useChangeTask = () =>
  useChange({
    send: ({ task, patch }: TaskChange) => api.patch<Task>(`${tasks}/${task.id}`, patch, { version: task.version }),
    edits: ({ task, patch }) => editsOf(task.id, (one) => ({ ...one, ...(patch as Partial<Task>) })),
    refreshes: [tasks],
  });

export const useChangeTasks = () =>
  useChange({
    send: (input: { ids: readonly string[]; change: BulkChange }) =>
      api.post<{ items: Task[] }>(`${tasks}/bulk`, input),
    refreshes: [tasks],
  });

export const useDeleteTask = () =>
  useChange({
    send: async (task: Task) => {
      await api.delete(`${tasks}/${task.id}`, { version: task.version });
      return true;
    },
    edits: (task) => [editItems<Task>(tasks, (items) => items.filter((one) => one.id !== task.id))],
    refreshes: [tasks],
  });

/** A task stands in lists, in Today and alone; each is edited. */
function editsOf(id: string, change: (task: Task) => Task): Edit[] {
  const inList = (items: Task[]) => items.map((one) => (one.id === id ? change(one) : one));
  return [
    editItems<Task>(tasks, inList),
    editOf<Today>(today, (day) => ({
      ...day,
      overdue: inList(day.overdue),
      due: inList(day.due),
      started: inList(day.started),
    })),
    editOf<Task>(`${tasks}/${id}`, change),
  ];
}
