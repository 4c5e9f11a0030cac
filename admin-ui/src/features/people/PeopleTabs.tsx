import { Link, usePlace } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './people.module.css';

const places = [
  { to: '/platform/people', title: t('People') },
  { to: '/platform/people/organisations', title: t('Organisations') },
  { to: '/platform/people/roles', title: t('Roles') },
];

/** The three pages about who may do what. */
export function PeopleTabs() {
  const { path } = usePlace();
  return (
    <nav className={css.tabs} aria-label={t('About people')}>
      {places.map(({ to, title }) => (
        <Link key={to} to={to} {...(path === to ? { 'aria-current': 'page' as const } : {})}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
