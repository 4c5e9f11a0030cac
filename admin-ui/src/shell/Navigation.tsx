import { Status } from '@task-connect/console';
import { useHealth } from '../features/health/queries.ts';
import { t } from '../t.ts';
import { useIsHere, useMenu } from './menu.ts';
import { NavigationEntry } from './NavigationEntry.tsx';
import css from './navigation.module.css';
import { OrganisationMenu } from './OrganisationMenu.tsx';
import { PersonMenu } from './PersonMenu.tsx';

/** The navigation: what is mine, what the plugins bring, and the platform for those who run it. */
export function Navigation() {
  const menu = useMenu();
  const isHere = useIsHere([...menu.personal, ...menu.plugins, ...menu.platform]);
  const list = (entries: typeof menu.personal) =>
    entries.map((entry) => <NavigationEntry key={entry.path} entry={entry} here={isHere(entry)} />);
  return (
    <nav className={css.navigation} aria-label={t('Main')}>
      <OrganisationMenu />
      {list(menu.personal)}
      <div className={css.gap} />
      {list(menu.plugins)}
      {menu.platform.length > 0 && (
        <>
          <h2 className={css.head}>{t('Platform')}</h2>
          {menu.platform.map((entry) => (
            <NavigationEntry
              key={entry.path}
              entry={entry}
              here={isHere(entry)}
              {...(entry.path === '/platform/health' ? { sign: <HealthSign /> } : {})}
            />
          ))}
        </>
      )}
      <PersonMenu />
    </nav>
  );
}

function HealthSign() {
  const { parts } = useHealth();
  const unwell = parts?.filter((part) => part.state !== 'ok') ?? [];
  if (unwell.length === 0) return null;
  return <Status kind={unwell.some((part) => part.state === 'failed') ? 'bad' : 'warn'}>{unwell.length}</Status>;
}
