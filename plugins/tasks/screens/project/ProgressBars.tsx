import { durationText, Link, Problem } from '@task-connect/console';
import type { ReactNode } from 'react';
import { t } from '../t.ts';
import css from './project.module.css';
import { useProjectFigures } from './project-figures.ts';
import type { Project } from './project-queries.ts';

/** Tasks done of all, and hours tracked against those that were estimated; amber once over. Below, what lies in it. */
export function ProgressBars({ project }: { project: Project }) {
  const { data, problem, refresh } = useProjectFigures(project.id);
  if (problem) return <Problem problem={problem} retry={refresh} />;
  if (!data) return <div className={css.bars} />;
  const { done, tasks, trackedSeconds, estimatedSeconds } = data.total;
  return (
    <div className={css.bars}>
      <Bar label={t('Tasks')} value={done} of={tasks} says={t('{done} of {total} done', { done, total: tasks })} />
      <Bar
        label={t('Hours')}
        value={trackedSeconds}
        of={estimatedSeconds}
        says={t('{tracked} of {estimate}', {
          tracked: durationText(trackedSeconds),
          estimate: durationText(estimatedSeconds),
        })}
      />
      {data.children.map(({ project: id, name, total }) => (
        <Bar
          key={id}
          label={<Link to={`/tasks/projects/${id}`}>{name}</Link>}
          value={total.done}
          of={total.tasks}
          says={t('{done} of {total} done', { done: total.done, total: total.tasks })}
        />
      ))}
    </div>
  );
}

type BarProps = { label: ReactNode; value: number; of: number; says: string };

function Bar({ label, value, of, says }: BarProps) {
  const share = of === 0 ? 0 : Math.min(1, value / of);
  return (
    <div className={css.bar}>
      <span>{label}</span>
      <i data-over={(of > 0 && value > of) || undefined}>
        <b style={{ width: `${share * 100}%` }} />
      </i>
      <span>{says}</span>
    </div>
  );
}
