import { Icon, Kbd, keyNames, Link } from '@task-connect/console';
import { crumbs, useStore } from '@task-connect/console/shell';
import { t } from '../t.ts';
import { Running } from './Running.tsx';
import css from './top-bar.module.css';

/** Where one is, what runs, and the way to everything else. */
export function TopBar({ onSearch }: { onSearch(): void }) {
  const trail = useStore(crumbs);
  return (
    <header className={css.bar}>
      <nav className={css.crumbs} aria-label={t('Where you are')}>
        <ol>
          {trail.map((crumb) => (
            <li key={crumb.title}>{crumb.to ? <Link to={crumb.to}>{crumb.title}</Link> : crumb.title}</li>
          ))}
        </ol>
      </nav>
      <Running place="top" />
      <button type="button" className={css.find} onClick={onSearch}>
        <Icon name="search" size={15} />
        <span>{t('Search or do')}</span>
        <Kbd>{keyNames('mod+k')}</Kbd>
      </button>
    </header>
  );
}
