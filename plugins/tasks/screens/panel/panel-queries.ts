import { api, type Edit, editItems, editOf, useApi, useChange } from '@task-connect/console';
import type { NewPlannedBlock, PlannedBlock, PlannedBlockPatch } from '../../plan/planned-block.ts';
import type { Task } from '../queries.ts';

export type { PlannedBlock };
export type Step = Task['checklist'][number];

const tasks = '/api/tasks';
const blocks = '/api/planned-blocks';
const live = ['plan-changed', 'task-changed'];

const editSteps = (task: Task, change: (steps: Step[]) => Step[]): Edit[] => {
  const edited = (one: Task) => (one.id === task.id ? { ...one, checklist: change(one.checklist) } : one);
  return [editOf<Task>(`${tasks}/${task.id}`, edited), editItems<Task>(tasks, (items) => items.map(edited))];
};

/** A step more; without a version, so that two people may add at once. */
export const useAddStep = () =>
  useChange({
    send: ({ task, text }: { task: Task; text: string }) => api.post<Task>(`${tasks}/${task.id}/checklist`, { text }),
    refreshes: [tasks],
  });

export const useChangeStep = () =>
  useChange({
    send: ({ task, step, patch }: { task: Task; step: Step; patch: Partial<Step> }) =>
      api.patch<Task>(`${tasks}/${task.id}/checklist/${step.id}`, patch),
    edits: ({ task, step, patch }) =>
      editSteps(task, (steps) => steps.map((one) => (one.id === step.id ? { ...one, ...patch } : one))),
    refreshes: [tasks],
  });

export const useRemoveStep = () =>
  useChange({
    send: ({ task, step }: { task: Task; step: Step }) =>
      api.delete<Task>(`${tasks}/${task.id}/checklist/${step.id}`).then(() => true),
    edits: ({ task, step }) => editSteps(task, (steps) => steps.filter((one) => one.id !== step.id)),
    refreshes: [tasks],
  });

/** When a task is planned. */
export const useBlocksOfTask = (task: string) =>
  useApi<{ items: PlannedBlock[] }>(`${tasks}/${task}/planned-blocks`, { live });

/** What one means to do between two instants. */
export const useBlocksBetween = (from: string, to: string) =>
  useApi<{ items: PlannedBlock[] }>(blocks, { query: { from, to }, live });

const refreshes = [blocks, tasks];

export const usePlanTask = () =>
  useChange({
    send: ({ task, block }: { task: string; block: NewPlannedBlock }) =>
      api.post<PlannedBlock>(`${tasks}/${task}/planned-blocks`, block),
    refreshes,
  });

export const useMoveBlock = () =>
  useChange({
    send: ({ block, patch }: { block: PlannedBlock; patch: PlannedBlockPatch }) =>
      api.patch<PlannedBlock>(`${blocks}/${block.id}`, patch, { version: block.version }),
    edits: ({ block, patch }) => [
      editItems<PlannedBlock>(blocks, (items) =>
        items.map((one) => (one.id === block.id ? ({ ...one, ...patch } as PlannedBlock) : one)),
      ),
    ],
    refreshes,
  });

export const useRemoveBlock = () =>
  useChange({
    send: async (block: PlannedBlock) => {
      await api.delete(`${blocks}/${block.id}`, { version: block.version });
      return true;
    },
    edits: (block) => [
      editItems<PlannedBlock>(blocks, (items) => items.filter((one) => one.id !== block.id)),
      editItems<PlannedBlock>(`${tasks}/${block.task}/planned-blocks`, (items) =>
        items.filter((one) => one.id !== block.id),
      ),
    ],
    refreshes,
  });
