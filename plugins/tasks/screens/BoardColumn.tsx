import { durationText, type Member } from '@task-connect/console';
import { BoardCard } from './BoardCard.tsx';
import css from './board.module.css';
import type { Task } from './queries.ts';
import { statusTitles } from './status-title.ts';
import type { Lifted } from './TaskBoard.tsx';
import { t } from './t.ts';

export type BoardMoves = {
  lifted: Lifted | null;
  movable: boolean;
  onLift(lifted: Lifted | null): void;
  onPut(task: Task, status: Task['status']): Promise<void>;
  onStep(by: 1 | -1): void;
};

type BoardColumnProps = BoardMoves & {
  status: Task['status'];
  tasks: readonly Task[];
  total: number | undefined;
  members: readonly Member[];
};

/** The tasks of one status; a card may be put here. */
export function BoardColumn({ status, tasks, total, members, ...moves }: BoardColumnProps) {
  const { lifted, onLift, onPut } = moves;
  const isTarget = lifted?.over === status && lifted.task.status !== status;
  const minutes = tasks.reduce((sum, task) => sum + (task.estimateMinutes ?? 0), 0);
  return (
    <section
      className={css.column}
      aria-label={statusTitles[status]}
      data-target={isTarget || undefined}
      onDragOver={(event) => {
        if (!lifted) return;
        event.preventDefault();
        if (lifted.over !== status) onLift({ ...lifted, over: status });
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (lifted) void onPut(lifted.task, status);
      }}
    >
      <header className={css.head}>
        <h2>{statusTitles[status]}</h2>
        <b>{total ?? tasks.length}</b>
        {minutes > 0 && status !== 'done' && <span>{t('{time} left', { time: durationText(minutes * 60) })}</span>}
      </header>
      <div className={css.cards}>
        {isTarget && <div className={css.place}>{t('Here')}</div>}
        {tasks.map((task) => (
          <BoardCard
            key={task.id}
            task={task}
            person={members.find((member) => member.person === task.assignee)?.name}
            {...moves}
          />
        ))}
      </div>
    </section>
  );
}
