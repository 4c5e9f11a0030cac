import { Page, Problem, SkeletonRows, toast, useMembers, usePermission, useShortcut } from '@task-connect/console';
import { useState } from 'react';
import { BoardColumn } from './BoardColumn.tsx';
import css from './board.module.css';
import { type Task, useChangeTask, useTasks } from './queries.ts';
import { statusTitles } from './status-title.ts';
import { TaskCapture } from './TaskCapture.tsx';
import { TaskFilters } from './TaskFilters.tsx';
import { TaskViews } from './TaskViews.tsx';
import { t } from './t.ts';
import { useTaskFilter } from './task-filter.ts';

const columns: readonly Task['status'][] = ['open', 'active', 'waiting', 'done'];

/** A card that was lifted, and the column over which it is held. */
export type Lifted = { task: Task; over: Task['status'] };

/** Tasks by status; a card is moved by dragging, or by M, arrows and Enter. */
export function TaskBoard() {
  const { filter } = useTaskFilter();
  const open = useTasks({ ...filter, status: 'open,active,waiting', limit: 200 });
  const done = useTasks({ ...filter, status: 'done', sort: '-updated', limit: 20 });
  const members = useMembers();
  const change = useChangeTask();
  const mayWrite = usePermission('tasks:write');
  const [lifted, setLifted] = useState<Lifted | null>(null);
  useShortcut(mayWrite ? { keys: 'm', title: t('Lift the card, then arrows and Enter') } : null);
  const tasks = [...(open.data ?? []), ...(done.data ?? [])];

  const put = async (task: Task, status: Task['status']) => {
    setLifted(null);
    if (task.status === status) return;
    const changed = await change.run({ task, patch: { status } });
    if (!changed) return;
    toast({
      text: t('“{task}” moved to {column}', { task: task.title, column: statusTitles[status] }),
      undo: () => void change.run({ task: changed, patch: { status: task.status } }),
    });
  };
  const step = (by: 1 | -1) => {
    if (!lifted) return;
    const next = columns[columns.indexOf(lifted.over) + by];
    if (next) setLifted({ ...lifted, over: next });
  };
  return (
    <Page
      title={t('Tasks')}
      here={t('Board')}
      path={[{ title: t('Tasks'), to: '/tasks' }]}
      actions={<TaskViews at="board" />}
      fill
    >
      <TaskCapture given={filter.project && filter.project !== 'none' ? { project: filter.project } : {}} />
      <TaskFilters withStatus={false} />
      <Problem problem={change.problem ?? open.problem ?? done.problem} retry={open.refresh} />
      {open.loading ? (
        <SkeletonRows rows={5} height="70px" />
      ) : (
        <div className={css.columns}>
          {columns.map((status) => (
            <BoardColumn
              key={status}
              status={status}
              tasks={tasks.filter((task) => task.status === status)}
              total={status === 'done' ? done.total : undefined}
              members={members ?? []}
              lifted={lifted}
              movable={mayWrite}
              onLift={setLifted}
              onPut={put}
              onStep={step}
            />
          ))}
        </div>
      )}
      {lifted && (
        <div className={css.keys} role="status">
          <strong>{t('To {column}.', { column: statusTitles[lifted.over] })}</strong>
          <span>{t('← → column, Enter puts it down, Esc takes it back')}</span>
        </div>
      )}
    </Page>
  );
}
