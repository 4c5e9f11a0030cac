import { Icon, Link } from '@task-connect/console';
import type { ReactNode } from 'react';
import type { Entry } from './menu.ts';
import css from './navigation.module.css';
import { ScreenBoundary } from './ScreenBoundary.tsx';

type NavigationEntryProps = { entry: Entry; here: boolean; sign?: ReactNode };

export function NavigationEntry({ entry, here, sign }: NavigationEntryProps) {
  return (
    <Link className={css.entry} to={entry.path} title={entry.title} {...(here ? { 'aria-current': 'page' } : {})}>
      <Icon name={entry.icon} {...(entry.hue ? { hue: entry.hue } : {})} />
      <span className={css.title}>{entry.title}</span>
      {sign && <span className={css.sign}>{sign}</span>}
      {entry.useCount && (
        <ScreenBoundary silent title="" resetKey={entry.path}>
          <EntryCount useCount={entry.useCount} />
        </ScreenBoundary>
      )}
    </Link>
  );
}

/** The number beside an entry; none at zero. */
export function EntryCount({ useCount }: { useCount(): number | undefined }) {
  const count = useCount();
  return count ? <b>{count}</b> : null;
}
