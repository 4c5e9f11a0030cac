import {
  navigate,
  Page,
  Problem,
  SkeletonRows,
  toast,
  useMembers,
  usePermission,
  usePreference,
  useShortcut,
} from '@task-connect/console';
import { useState } from 'react';
import { BoardColumn } from './BoardColumn.tsx';
import { BoardTabs } from './BoardTabs.tsx';
import css from './board.module.css';
import { MoveBar } from './MoveBar.tsx';
import { ProjectFacts } from './project/ProjectFacts.tsx';
import { type Task, useChangeTask, useProjects, useTaskPreferences, useTasks } from './queries.ts';
import { sayMove } from './say-move.ts';
import { statusTitles } from './status-title.ts';
import { TaskCapture } from './TaskCapture.tsx';
import { TaskFilters } from './TaskFilters.tsx';
import { TaskViews } from './TaskViews.tsx';
import { t } from './t.ts';
import { useTaskFilter } from './task-filter.ts';
import { useRunning } from './work-queries.ts';

const columns: readonly Task['status'][] = ['open', 'active', 'waiting', 'done'];

/** A card that was lifted, and the column over which it is held. */
export type Lifted = { task: Task; over: Task['status'] };

/** Tasks by status; a card is moved by dragging, or by M, arrows and Enter. */
export function TaskBoard() {
  const { filter } = useTaskFilter();
  const open = useTasks({ ...filter, status: 'open,active,waiting', limit: 200 });
  const done = useTasks({ ...filter, status: 'done', sort: '-updated', limit: 20 });
  const project = useProjects()?.find(({ id }) => id === filter.project);
  const members = useMembers();
  const change = useChangeTask();
  const running = useRunning();
  const follows = useTaskPreferences().data?.timerFollowsStatus === true;
  const mayWrite = usePermission('tasks:write');
  const [limits, setLimits] = usePreference<Record<string, number | null>>('tasks.limits', {});
  const [lifted, setLifted] = useState<Lifted | null>(null);
  useShortcut(mayWrite ? { keys: 'm', title: t('Lift the card, then arrows and Enter') } : null);
  const tasks = [...(open.data ?? []), ...(done.data ?? [])];
  const inColumn = (status: Task['status']) => tasks.filter((task) => task.status === status);

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
      title={project?.name ?? t('Tasks')}
      here={t('Board')}
      path={[
        { title: t('Tasks'), to: '/tasks' },
        ...(project ? [{ title: project.name, to: `/tasks/projects/${project.id}` }] : []),
      ]}
      summary={project && <ProjectFacts project={project} />}
      actions={<TaskViews at="board" />}
      fill
    >
      <TaskCapture given={project ? { project: project.id } : {}} />
      <TaskFilters withStatus={false} />
      <Problem problem={change.problem ?? open.problem ?? done.problem} retry={open.refresh} />
      {open.loading ? (
        <SkeletonRows rows={5} height="70px" />
      ) : (
        <>
          <BoardTabs columns={columns.map((status) => ({ status, count: inColumn(status).length }))} />
          <div className={css.columns}>
            {columns.map((status) => (
              <BoardColumn
                key={status}
                status={status}
                tasks={inColumn(status)}
                total={status === 'done' ? done.total : undefined}
                members={members ?? []}
                limit={limits[status] ?? null}
                onLimit={(limit) => setLimits({ ...limits, [status]: limit })}
                onAll={() =>
                  navigate(
                    `/tasks?show=${status === 'done' ? 'done' : 'open'}${project ? `&project=${project.id}` : ''}`,
                  )
                }
                lifted={lifted}
                movable={mayWrite}
                onLift={setLifted}
                onPut={put}
                onStep={step}
              />
            ))}
          </div>
        </>
      )}
      {lifted && (
        <MoveBar
          says={sayMove({
            ...lifted,
            running,
            follows,
            column: { count: inColumn(lifted.over).length, limit: limits[lifted.over] ?? null },
          })}
          keys={[{ keys: ['←', '→'], does: t('column') }]}
        />
      )}
    </Page>
  );
}
