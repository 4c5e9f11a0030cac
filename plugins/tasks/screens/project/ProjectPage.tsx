import {
  Button,
  confirm,
  DataTable,
  EmptyState,
  navigate,
  Problem,
  Section,
  setQuery,
  toast,
  useMembers,
  usePermission,
  usePlace,
  useTimeStyle,
} from '@task-connect/console';
import { type Task, useProjects, useTasks } from '../queries.ts';
import { TaskCapture } from '../TaskCapture.tsx';
import { TimerButton } from '../TimerButton.tsx';
import { t } from '../t.ts';
import { taskColumns } from '../task-columns.tsx';
import { useRunning } from '../work-queries.ts';
import { ProgressBars } from './ProgressBars.tsx';
import { openOf } from './ProjectFacts.tsx';
import css from './project.module.css';
import { type Project, useChangeProject, useDeleteProject } from './project-queries.ts';

/** A project: how far it is, its open tasks, and what can be done with it. */
export function ProjectPage({ project, onChange }: { project: Project; onChange(): void }) {
  const style = useTimeStyle();
  const members = useMembers() ?? [];
  const projects = useProjects() ?? [];
  const { query } = usePlace();
  const tasks = useTasks({ ...openOf(project.id), assignee: null, text: '', sort: 'due' });
  const running = useRunning();
  const mayWrite = usePermission('projects:write');
  const archive = useArchive();
  const remove = useDeleteProject();

  const ask = async () => {
    const yes = await confirm({
      title: t('Delete “{project}”?', { project: project.name }),
      consequences: [t('Only an empty project is deleted; one that holds something can go to the archive.')],
      keep: t('Keep it'),
      act: t('Delete'),
      danger: true,
    });
    if (yes && (await remove.run(project))) navigate('/tasks/projects');
  };
  return (
    <div className={css.main}>
      {project.notes && (
        <p className={css.notes} dir="auto">
          {project.notes}
        </p>
      )}
      <div className={css.tools}>
        <Button size="compact-sm" onClick={() => navigate(`/tasks/board?project=${project.id}`)}>
          {t('Board')}
        </Button>
        <Button size="compact-sm" onClick={() => navigate(`/tasks/calendar?project=${project.id}&everybody=1`)}>
          {t('Calendar')}
        </Button>
        {mayWrite && (
          <>
            <Button size="compact-sm" onClick={onChange}>
              {t('Change…')}
            </Button>
            <Button size="compact-sm" onClick={() => void archive.run(project)}>
              {project.archived ? t('Take out of the archive') : t('Archive')}
            </Button>
            <Button size="compact-sm" c="var(--bad)" onClick={() => void ask()}>
              {t('Delete…')}
            </Button>
          </>
        )}
      </div>
      <Problem problem={archive.problem ?? remove.problem} />
      <Section title={t('Progress')}>
        <ProgressBars project={project} />
      </Section>
      <Section title={t('Open tasks')} note={tasks.total?.toLocaleString()}>
        {!project.archived && <TaskCapture given={{ project: project.id }} />}
        <Problem problem={tasks.problem} retry={tasks.refresh} />
        <DataTable<Task>
          quiet
          label={t('Open tasks of {project}', { project: project.name })}
          columns={taskColumns({ projects, members, style }).filter(({ key }) => key !== 'project')}
          rows={tasks.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => setQuery({ task: id })}
          mark={({ id }) => (id === query.get('task') ? 'open' : id === running?.task ? 'running' : undefined)}
          actions={(task) => <TimerButton task={task} />}
          more={tasks.more}
          empty={
            <EmptyState icon="checkbox" title={t('Nothing is left to do here')}>
              {t('What is typed above becomes a task of this project.')}
            </EmptyState>
          }
        />
      </Section>
    </div>
  );
}

function useArchive() {
  const change = useChangeProject();
  return {
    problem: change.problem,
    async run(project: Project) {
      const archived = !project.archived;
      const changed = await change.run({ project, patch: { archived } });
      if (!changed) return;
      toast({
        text: archived
          ? t('“{project}” is in the archive and takes no new tasks', { project: project.name })
          : t('“{project}” is out of the archive', { project: project.name }),
        undo: () => void change.run({ project: changed, patch: { archived: !archived } }),
      });
    },
  };
}
