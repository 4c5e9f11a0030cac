import { Icon, usePermission } from '@task-connect/console';
import type { Task } from './queries.ts';
import css from './task-row.module.css';
import { useTimer } from './use-timer.ts';

/** Starts the timer on a task, or stops it. */
export function TimerButton({ task }: { task: Task }) {
  const { runs, label, turn } = useTimer(task);
  if (!usePermission('work:track')) return null;
  return (
    <button
      type="button"
      className={css.timer}
      data-on={runs || undefined}
      aria-label={label}
      title={label}
      onClick={turn}
    >
      <Icon name={runs ? 'player-stop-filled' : 'player-play-filled'} size={11} />
    </button>
  );
}
