import {
  Button,
  DataTable,
  EmptyState,
  navigate,
  Page,
  Problem,
  type TimeStyle,
  useMembers,
  useParam,
  usePermission,
  usePlace,
  useTimeStyle,
} from '@task-connect/console';
import { useEffect, useState } from 'react';
import { type Task, useProjects, useTasks } from './queries.ts';
import { TaskBulk } from './TaskBulk.tsx';
import { TaskCapture } from './TaskCapture.tsx';
import { TaskFilters } from './TaskFilters.tsx';
import { TaskPanel } from './TaskPanel.tsx';
import { TaskViews } from './TaskViews.tsx';
import { TimerButton } from './TimerButton.tsx';
import { t } from './t.ts';
import { taskColumns } from './task-columns.tsx';
import { useTaskFilter } from './task-filter.ts';
import { useTick } from './use-tick.ts';
import { isLate } from './when-text.ts';
import { useRunning, useStartTimer } from './work-queries.ts';

/** All tasks as a table; the open one stands in the panel beside it. */
export function TaskList() {
  const open = useParam('taskId');
  const { query } = usePlace();
  const filter = useTaskFilter();
  const tasks = useTasks(filter.filter);
  const projects = useProjects();
  const members = useMembers();
  const style = useTimeStyle();
  const running = useRunning();
  const start = useStartTimer();
  const tick = useTick();
  const mayWrite = usePermission('tasks:write');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  // What a filter hides is not changed unseen.
  const chosen = tasks.data?.filter(({ id }) => picked.has(id)) ?? [];
  useNewTaskFocus(query.get('new') === '1');

  const search = query.size > 0 ? `?${query}` : '';
  const show = (path: string) => navigate(path + search);
  return (
    <Page title={t('Tasks')} summary={summaryOf(tasks, style)} actions={<TaskViews at="list" />} fill>
      <TaskCapture given={filter.project && filter.project !== 'none' ? { project: filter.project } : {}} />
      <TaskFilters withStatus note={tasks.total?.toLocaleString()} />
      <Problem problem={tasks.problem ?? start.problem} retry={tasks.refresh} />
      {!tasks.problem && (
        <DataTable<Task>
          label={t('Tasks')}
          name="tasks"
          csv={{ file: t('tasks') }}
          columns={taskColumns({ projects: projects ?? [], members: members ?? [], style })}
          rows={tasks.data}
          rowKey={(task) => task.id}
          onOpen={(task) => show(`/tasks/${task.id}`)}
          mark={(task) => (task.id === open ? 'open' : running?.task === task.id ? 'running' : undefined)}
          sort={filter.sort}
          onSort={filter.setSort}
          keys={{
            ' ': { title: t('Tick the task'), run: (task) => void tick(task) },
            s: { title: t('Start the timer'), run: (task) => void start.run(task) },
          }}
          actions={(task) => <TimerButton task={task} />}
          {...(mayWrite
            ? {
                selection: {
                  keys: new Set(chosen.map(({ id }) => id)),
                  set: setPicked,
                  actions: <TaskBulk tasks={chosen} onDone={() => setPicked(new Set())} />,
                },
              }
            : {})}
          more={tasks.more}
          empty={<NoTasks narrowed={filter.isNarrowed} clear={filter.clear} />}
        />
      )}
      {open && <TaskPanel key={open} id={open} onClose={() => show('/tasks')} />}
    </Page>
  );
}

/** How many, and how many of them late; of a list that goes on below only what is known. */
function summaryOf({ data, total, more }: ReturnType<typeof useTasks>, style: TimeStyle): string | undefined {
  if (!data || !total) return undefined;
  const count = t({ one: 'One task', other: '{count} tasks' }, { count: total });
  if (more || data.every(isOver)) return t('{tasks}.', { tasks: count });
  const late = data.filter((task) => isLate(task, style)).length;
  return late === 0 ? t('{tasks}, none late.', { tasks: count }) : t('{tasks}, {late} late.', { tasks: count, late });
}

const isOver = ({ status }: Task) => status === 'done' || status === 'cancelled';

function useNewTaskFocus(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    navigate('/tasks', { replace: true });
    document.querySelector<HTMLInputElement>('form input[enterkeyhint=done]')?.focus();
  }, [wanted]);
}

function NoTasks({ narrowed, clear }: { narrowed: boolean; clear(): void }) {
  if (narrowed) {
    return (
      <EmptyState
        icon="filter"
        title={t('No task fits these filters')}
        actions={<Button onClick={clear}>{t('Clear the filters')}</Button>}
      />
    );
  }
  return (
    <EmptyState icon="checkbox" title={t('Nothing to do')}>
      {t(
        'Type a line above: “call Tamblyn thu 9:00 30m #harbour” becomes a task with a day, a time, a length and a label.',
      )}
    </EmptyState>
  );
}
