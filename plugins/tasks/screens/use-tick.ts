import { toast } from '@task-connect/console';
import { type Task, useChangeTask } from './queries.ts';
import { t } from './t.ts';

/** Ticks a task or takes the tick away; what was done can be undone for a while. */
export function useTick(): (task: Task) => Promise<void> {
  const change = useChangeTask();
  return async (task) => {
    const done = task.status === 'done';
    const changed = await change.run({ task, patch: { status: done ? 'open' : 'done' } });
    if (!changed) {
      toast({ text: t('“{task}” could not be changed, and is as it was.', { task: task.title }) });
      return;
    }
    if (done) return;
    toast({
      text: t('“{task}” is done', { task: task.title }),
      undo: () => void change.run({ task: changed, patch: { status: task.status } }),
    });
  };
}
