import { durationText } from '@task-connect/console';
import { t } from '../t.ts';
import css from './project.module.css';
import type { Project } from './project-queries.ts';
import { useProgress } from './use-progress.ts';

/** Tasks done of all, and hours tracked against those that were estimated; amber once over. */
export function ProgressBars({ project }: { project: Project }) {
  const progress = useProgress(project.id);
  if (!progress) return <div className={css.bars} />;
  const { done, total, trackedSeconds, estimateSeconds } = progress;
  return (
    <div className={css.bars}>
      <Bar label={t('Tasks')} value={done} of={total} says={t('{done} of {total} done', { done, total })} />
      {trackedSeconds !== null && (
        <Bar
          label={t('Hours')}
          value={trackedSeconds}
          of={estimateSeconds}
          says={t('{tracked} of {estimate}', {
            tracked: durationText(trackedSeconds),
            estimate: durationText(estimateSeconds),
          })}
        />
      )}
    </div>
  );
}

function Bar({ label, value, of, says }: { label: string; value: number; of: number; says: string }) {
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
