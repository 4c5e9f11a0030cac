import { Link, usePlace } from '@task-connect/console';
import { useEffect, useRef } from 'react';
import { t } from './t.ts';
import css from './task-views.module.css';

const views = [
  { id: 'list', title: t('List'), path: '/tasks' },
  { id: 'board', title: t('Board'), path: '/tasks/board' },
  { id: 'calendar', title: t('Calendar'), path: '/tasks/calendar' },
  { id: 'projects', title: t('Projects'), path: '/tasks/projects' },
  { id: 'time', title: t('Time'), path: '/tasks/time' },
  { id: 'reports', title: t('Reports'), path: '/tasks/reports' },
] as const;

const kept = ['show', 'mine', 'project', 'text', 'sort'];

/** The ways to look at tasks; filters go along. */
export function TaskViews({ at }: { at: (typeof views)[number]['id'] }) {
  const { query } = usePlace();
  const filters = new URLSearchParams([...query].filter(([name]) => kept.includes(name)));
  const search = filters.size > 0 ? `?${filters}` : '';
  const bar = useRef<HTMLElement>(null);
  // On a telephone the bar is wider than the screen.
  useEffect(() => {
    const link = bar.current?.querySelector<HTMLElement>('[aria-current]');
    if (link) bar.current!.scrollLeft = link.offsetLeft - bar.current!.clientWidth / 2;
  }, []);
  return (
    <nav ref={bar} className={css.views} aria-label={t('Views of tasks')}>
      {views.map(({ id, title, path }) => (
        <Link key={id} to={path + search} aria-current={id === at ? 'page' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
