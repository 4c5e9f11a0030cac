import { durationText, PersonMark, useMembers } from '@task-connect/console';
import { useTasks } from '../queries.ts';
import { t } from '../t.ts';
import css from './project.module.css';
import { useProjectFigures } from './project-figures.ts';
import type { Project } from './project-queries.ts';

/** How a project stands, as a line of facts, and who is at it. */
export function ProjectFacts({ project }: { project: Pick<Project, 'id'> }) {
  const { data } = useProjectFigures(project.id);
  const tasks = useTasks({ ...openOf(project.id), assignee: null, text: '', sort: 'due', limit: 200 });
  const members = useMembers() ?? [];
  const people = members.filter(({ person }) => tasks.data?.some(({ assignee }) => assignee === person)).slice(0, 6);
  if (!data) return <span className={css.facts} />;
  const { done, tasks: all, overdue, trackedSeconds, estimatedSeconds } = data.total;
  return (
    <span className={css.facts}>
      <span>{t.rich('{done} of {total} tasks done', { done: <b>{done}</b>, total: all })}</span>
      {overdue > 0 && (
        <span className={css.late}>{t({ one: 'one is late', other: '{count} are late' }, { count: overdue })}</span>
      )}
      {estimatedSeconds > 0 && (
        <span>
          {t.rich('{tracked} of {estimate} tracked', {
            tracked: <b>{durationText(trackedSeconds)}</b>,
            estimate: durationText(estimatedSeconds),
          })}
        </span>
      )}
      <span className={css.people}>
        {people.map(({ person, name }) => (
          <PersonMark key={person} name={name} />
        ))}
      </span>
    </span>
  );
}

export const openOf = (project: string) => ({ status: 'open,active,waiting', project });
