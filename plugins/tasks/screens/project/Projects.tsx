import {
  Button,
  EmptyState,
  FilterBar,
  FilterToggle,
  Icon,
  navigate,
  Page,
  Problem,
  SkeletonRows,
  setQuery,
  Tree,
  type TreeItem,
  useParam,
  usePermission,
  usePlace,
  useShortcut,
} from '@task-connect/console';
import { useState } from 'react';
import { TaskPanel } from '../TaskPanel.tsx';
import { TaskViews } from '../TaskViews.tsx';
import { t } from '../t.ts';
import { ProjectFacts } from './ProjectFacts.tsx';
import { ProjectPage } from './ProjectPage.tsx';
import { ProjectPanel } from './ProjectPanel.tsx';
import css from './project.module.css';
import { type Project, useAllProjects } from './project-queries.ts';
import { above, type Branch, treeOf } from './project-tree.ts';

/** Projects as they lie in one another; the chosen one stands beside. */
export function Projects() {
  const open = useParam('projectId');
  const { query } = usePlace();
  const archived = query.get('archived') === '1';
  const read = useAllProjects(true);
  const all = read.data?.items;
  const mayWrite = usePermission('projects:write');
  const [panel, setPanel] = useState<'new' | 'change' | null>(null);
  useShortcut(mayWrite ? { keys: 'c', title: t('New project'), run: () => setPanel('new') } : null);
  const project = all?.find(({ id }) => id === open);
  const shown = all?.filter((one) => archived || !one.archived || one.id === open) ?? [];
  const search = query.size > 0 ? `?${query}` : '';
  const task = query.get('task');

  return (
    <Page
      title={project?.name ?? t('Projects')}
      path={[
        { title: t('Tasks'), to: '/tasks' },
        ...(open ? [{ title: t('Projects'), to: '/tasks/projects' }] : []),
        ...(project ? above(all!, project).map(({ id, name }) => ({ title: name, to: `/tasks/projects/${id}` })) : []),
      ]}
      summary={project ? <ProjectFacts project={project} /> : all && summaryOf(all)}
      actions={
        <>
          <TaskViews at="projects" />
          {mayWrite && (
            <Button leftSection={<Icon name="plus" size={15} />} onClick={() => setPanel('new')}>
              {t('New project')}
            </Button>
          )}
        </>
      }
      fill
    >
      <Problem problem={read.problem} retry={read.refresh} />
      {read.loading && <SkeletonRows rows={8} />}
      {all?.length === 0 && (
        <EmptyState
          icon="folders"
          title={t('No projects yet')}
          actions={mayWrite && <Button onClick={() => setPanel('new')}>{t('New project')}</Button>}
        >
          {t(
            'A project holds tasks together, says how far they are and how long they took. Projects lie in one another.',
          )}
        </EmptyState>
      )}
      {all && all.length > 0 && (
        <div className={css.split} data-open={open !== undefined || undefined}>
          <div className={css.side}>
            <FilterBar>
              <FilterToggle
                title={t('Archived')}
                on={archived}
                onChange={(on) => setQuery({ archived: on ? '1' : null })}
              />
            </FilterBar>
            <Tree
              label={t('Projects')}
              items={treeOf(shown).map(itemOf)}
              selected={open ?? null}
              onOpen={({ id }) => navigate(`/tasks/projects/${id}${search}`)}
            />
          </div>
          {project ? (
            <ProjectPage key={project.id} project={project} onChange={() => setPanel('change')} />
          ) : (
            <p className={css.hint}>{t('Choose a project to see its tasks and how far they are.')}</p>
          )}
        </div>
      )}
      {panel && (
        <ProjectPanel
          key={panel}
          project={panel === 'change' ? project : undefined}
          parent={project?.id ?? null}
          projects={all ?? []}
          onClose={() => setPanel(null)}
          onSaved={({ id }) => {
            setPanel(null);
            navigate(`/tasks/projects/${id}${search}`);
          }}
        />
      )}
      {task && !panel && <TaskPanel key={task} id={task} onClose={() => setQuery({ task: null })} />}
    </Page>
  );
}

const itemOf = (branch: Branch): TreeItem => ({
  id: branch.id,
  title: branch.name,
  icon: branch.archived ? 'archive' : 'folder',
  children: branch.children.map(itemOf),
});

function summaryOf(projects: readonly Project[]): string {
  const archived = projects.filter((one) => one.archived).length;
  const count = projects.length - archived;
  const says = t({ one: 'One project', other: '{count} projects' }, { count });
  return archived === 0
    ? t('{projects}.', { projects: says })
    : t('{projects}, {archived} in the archive.', { projects: says, archived });
}
