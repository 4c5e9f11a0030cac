import { Checkbox, Duration, Link, RunningClock, usePermission, useTimeStyle } from '@task-connect/console';
import type { Project, Task } from './queries.ts';
import { TimerButton } from './TimerButton.tsx';
import { t } from './t.ts';
import css from './task-row.module.css';
import { useTick } from './use-tick.ts';
import { isLate, whenText } from './when-text.ts';
import { useRunning } from './work-queries.ts';

/** One task in a day: tick, title, when, how long, timer. */
export function TaskRow({ task, project }: { task: Task; project: Project | undefined }) {
  const style = useTimeStyle();
  const running = useRunning();
  const tick = useTick();
  const mayWrite = usePermission('tasks:write');
  const runs = running?.task === task.id ? running : null;
  const done = task.status === 'done';
  const about = [project?.name, ...task.labels.map((label) => `#${label}`)].filter(Boolean).join(' · ');
  return (
    <li className={css.row} data-running={runs ? true : undefined} data-done={done || undefined}>
      <Checkbox
        checked={done}
        disabled={!mayWrite}
        aria-label={t('“{task}” is done', { task: task.title })}
        onChange={() => void tick(task)}
      />
      <div className={css.title}>
        <Link to={`/tasks/${task.id}`} dir="auto">
          {task.title}
        </Link>
        {about && <small>{about}</small>}
      </div>
      {task.due && !done && (
        <span className={isLate(task, style) ? `${css.when} ${css.late}` : css.when}>{whenText(task.due, style)}</span>
      )}
      <span className={css.length} data-runs={runs ? true : undefined}>
        {runs && <RunningClock since={runs.startedAt} />}
        {runs && task.estimateMinutes !== null && ` ${t('of')} `}
        {task.estimateMinutes !== null && <Duration seconds={task.estimateMinutes * 60} />}
      </span>
      <TimerButton task={task} />
    </li>
  );
}
