import { Icon, Link, RunningClock, useShortcut } from '@task-connect/console';
import { useTask } from './queries.ts';
import css from './running-timer.module.css';
import { t } from './t.ts';
import { useRunning, useStopTimer } from './work-queries.ts';

/** The running timer, always in sight; nothing when none runs. */
export function RunningTimer({ place }: { place: 'top' | 'telephone' }) {
  const running = useRunning();
  const { data: task } = useTask(running?.task ?? undefined);
  const stop = useStopTimer();
  const end = () => void stop.run(undefined);
  useShortcut(running ? { keys: 's', title: t('Stop the timer'), run: end } : null);
  if (!running) return null;
  const button = (
    <button type="button" className={css.stop} aria-label={t('Stop the timer')} onClick={end}>
      <Icon name="player-stop-filled" size={place === 'top' ? 11 : 15} />
    </button>
  );
  const clock = <RunningClock since={running.startedAt} />;
  const title = running.task ? (
    <Link className={css.title} to={`/tasks/${running.task}`} dir="auto">
      {task?.title ?? t('A task')}
    </Link>
  ) : (
    <span className={css.title}>{running.note || t('Without a task')}</span>
  );
  return place === 'top' ? (
    <div className={css.top}>
      {button}
      {clock}
      {title}
    </div>
  ) : (
    <div className={css.telephone}>
      {button}
      {title}
      {clock}
    </div>
  );
}
