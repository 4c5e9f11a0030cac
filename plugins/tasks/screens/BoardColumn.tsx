import { durationText, Icon, type Member, Menu } from '@task-connect/console';
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
  limit: number | null;
  onLimit(limit: number | null): void;
  /** Where the rest of a long column is. */
  onAll(): void;
};

/** The tasks of one status; a card may be put here. */
export function BoardColumn({ status, tasks, total, members, limit, onLimit, onAll, ...moves }: BoardColumnProps) {
  const { lifted, onLift, onPut } = moves;
  const isTarget = lifted?.over === status && lifted.task.status !== status;
  const minutes = tasks.reduce((sum, task) => sum + (task.estimateMinutes ?? 0), 0);
  const count = total ?? tasks.length;
  return (
    <section
      id={`column-${status}`}
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
        <b data-over={(limit !== null && count > limit) || undefined}>
          {limit === null ? count : t('{count} of {limit}', { count, limit })}
        </b>
        {minutes > 0 && status !== 'done' && <span>{t('{time} left', { time: durationText(minutes * 60) })}</span>}
        {status !== 'done' && <LimitMenu status={status} limit={limit} onLimit={onLimit} />}
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
        {count > tasks.length && (
          <button type="button" className={css.all} onClick={onAll}>
            {t('{n} more in the list', { n: (count - tasks.length).toLocaleString() })}
          </button>
        )}
      </div>
    </section>
  );
}

const limits = [2, 3, 4, 5, 6, 8, 10, 15];

type LimitMenuProps = Pick<BoardColumnProps, 'status' | 'limit' | 'onLimit'>;

function LimitMenu({ status, limit, onLimit }: LimitMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className={css.limit}
          aria-label={t('Limit of {column}', { column: statusTitles[status] })}
          title={t('Limit')}
        >
          <Icon name="dots" size={15} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('How many at once')}</Menu.Label>
        {[null, ...limits].map((one) => (
          <Menu.Item
            key={one}
            rightSection={one === limit && <Icon name="check" size={15} />}
            onClick={() => onLimit(one)}
          >
            {one ?? t('No limit')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
