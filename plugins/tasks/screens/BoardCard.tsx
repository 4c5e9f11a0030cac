import { durationText, Icon, Link, PersonMark, RunningClock, useTimeStyle } from '@task-connect/console';
import type { KeyboardEvent } from 'react';
import type { BoardMoves } from './BoardColumn.tsx';
import css from './board.module.css';
import type { Task } from './queries.ts';
import { t } from './t.ts';
import { isLate, whenText } from './when-text.ts';
import { useRunning } from './work-queries.ts';

type BoardCardProps = BoardMoves & { task: Task; person: string | undefined };

/** A task that can be picked up: by the pointer, or by M. */
export function BoardCard({ task, person, lifted, movable, onLift, onPut, onStep }: BoardCardProps) {
  const style = useTimeStyle();
  const running = useRunning();
  const runs = running?.task === task.id;
  const isLifted = lifted?.task.id === task.id;

  const press = (event: KeyboardEvent) => {
    if (!movable || event.metaKey || event.ctrlKey) return;
    const keys: Record<string, (() => void) | undefined> = isLifted
      ? {
          ArrowLeft: () => onStep(-1),
          ArrowRight: () => onStep(1),
          Enter: () => void onPut(task, lifted.over),
          Escape: () => onLift(null),
        }
      : { m: () => onLift({ task, over: task.status }) };
    const does = keys[event.key];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };
  return (
    <article
      className={css.card}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is picked up by M from here
      tabIndex={0}
      aria-label={t('{task}. M moves it.', { task: task.title })}
      draggable={movable}
      data-lifted={isLifted || undefined}
      data-running={runs || undefined}
      onKeyDown={press}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        onLift({ task, over: task.status });
      }}
      onDragEnd={() => onLift(null)}
    >
      <div className={css.cardHead}>
        <Link to={`/tasks/${task.id}`} draggable={false} dir="auto">
          {task.title}
        </Link>
        {person && <PersonMark name={person} />}
      </div>
      <div className={css.facts}>
        {task.due && <span className={isLate(task, style) ? css.late : undefined}>{whenText(task.due, style)}</span>}
        {task.labels.map((label) => (
          <span key={label}>#{label}</span>
        ))}
        {task.recurrence && <Icon name="repeat" size={13} />}
        {task.checklist.length > 0 && (
          <span className={css.steps}>
            <Icon name="list-check" size={13} />
            {`${task.checklist.filter(({ done }) => done).length}/${task.checklist.length}`}
          </span>
        )}
        {runs && <RunningClock since={running.startedAt} />}
        {task.estimateMinutes !== null && <span>{durationText(task.estimateMinutes * 60)}</span>}
      </div>
    </article>
  );
}
