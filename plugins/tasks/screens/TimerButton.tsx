import { Icon, usePermission } from '@task-connect/console';
import type { Task } from './queries.ts';
import { t } from './t.ts';
import css from './task-row.module.css';
import { useRunning, useStartTimer, useStopTimer } from './work-queries.ts';

/** Starts the timer on a task, or stops it. */
export function TimerButton({ task }: { task: Task }) {
  const running = useRunning();
  const start = useStartTimer();
  const stop = useStopTimer();
  if (!usePermission('work:track')) return null;
  const runs = running?.task === task.id;
  const label = runs
    ? t('Stop the timer on “{task}”', { task: task.title })
    : t('Start the timer on “{task}”', { task: task.title });
  return (
    <button
      type="button"
      className={css.timer}
      data-on={runs || undefined}
      aria-label={label}
      title={label}
      onClick={() => void (runs ? stop.run(undefined) : start.run(task))}
    >
      <Icon name={runs ? 'player-stop-filled' : 'player-play-filled'} size={11} />
    </button>
  );
}
