import { makeStore } from '../store.ts';

export type Toast = { id: number; text: string; undo?: () => void };

export const toasts = makeStore<readonly Toast[]>([]);
let last = 0;

/**
 * Says what was done and can be undone. Never for errors: those stand in their place, as a Problem.
 * @example toast({ text: `“${task.title}” is done`, undo: () => void reopen(task) });
 */
export function toast(said: { text: string; undo?: () => void }): void {
  last += 1;
  toasts.set([...toasts.get().slice(-2), { id: last, ...said }]);
}

export const dismissToast = (id: number): void => toasts.set(toasts.get().filter((one) => one.id !== id));

/** Undoes the newest that can be undone. */
export function undoNewest(): void {
  const newest = toasts.get().findLast((one) => one.undo);
  if (!newest) return;
  dismissToast(newest.id);
  newest.undo?.();
}
