import type { Task } from './queries.ts';
import { t } from './t.ts';
import { useRunning, useStartTimer, useStopTimer } from './work-queries.ts';

/** The timer on one task: whether it runs, what its button does, and what that is called. */
export function useTimer(task: Task) {
  const running = useRunning();
  const start = useStartTimer();
  const stop = useStopTimer();
  const runs = running?.task === task.id;
  return {
    runs,
    verb: runs ? t('Stop the timer') : t('Start the timer'),
    label: runs
      ? t('Stop the timer on “{task}”', { task: task.title })
      : t('Start the timer on “{task}”', { task: task.title }),
    turn: () => void (runs ? stop.run(undefined) : start.run(task)),
    problem: start.problem ?? stop.problem,
  };
}
