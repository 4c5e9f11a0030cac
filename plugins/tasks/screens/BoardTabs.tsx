import css from './board.module.css';
import type { Task } from './queries.ts';
import { statusTitles } from './status-title.ts';
import { t } from './t.ts';

/** On a telephone one column is in sight; these bring the others there. */
export function BoardTabs({ columns }: { columns: readonly { status: Task['status']; count: number }[] }) {
  const show = (status: Task['status']) =>
    document.getElementById(`column-${status}`)?.scrollIntoView({ block: 'nearest', inline: 'start' });
  return (
    <nav className={css.tabs} aria-label={t('Columns')}>
      {columns.map(({ status, count }) => (
        <button key={status} type="button" onClick={() => show(status)}>
          {statusTitles[status]} <b>{count}</b>
        </button>
      ))}
    </nav>
  );
}
