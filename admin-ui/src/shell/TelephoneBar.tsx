import { Icon, Link } from '@task-connect/console';
import { captureSlot } from '@task-connect/console/shell';
import { useState } from 'react';
import { t } from '../t.ts';
import { MoreMenu } from './MoreMenu.tsx';
import { type Entry, useIsHere, useMenu } from './menu.ts';
import { EntryCount } from './NavigationEntry.tsx';
import { Running } from './Running.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import css from './telephone-bar.module.css';

const room = 4;

/** The bar below on a telephone; what runs and the line that takes something down lie above it. */
export function TelephoneBar({ onSearch }: { onSearch(): void }) {
  const menu = useMenu();
  const [more, setMore] = useState(false);
  const [today, ...personal] = menu.personal;
  const plugins = menu.plugins.filter((entry) => entry.telephone);
  const entries = [today!, ...plugins.slice(0, room - 1 - personal.length), ...personal].slice(0, room);
  const isHere = useIsHere(entries);
  const measure = (element: HTMLElement | null) => {
    if (!element) return undefined;
    const watch = new ResizeObserver(() =>
      document.documentElement.style.setProperty('--bars-height', `${element.offsetHeight}px`),
    );
    watch.observe(element);
    return () => watch.disconnect();
  };
  return (
    <div className={css.bars} ref={measure}>
      <div className={css.capture} data-capture ref={(element) => captureSlot.set(element)} />
      <Running place="telephone" />
      <nav className={css.bar} aria-label={t('Main')}>
        {entries.map((entry) => (
          <BarEntry key={entry.path} entry={entry} here={isHere(entry)} />
        ))}
        <button type="button" onClick={() => setMore(true)}>
          <Icon name="menu-2" size={22} />
          {t('More')}
        </button>
      </nav>
      {more && <MoreMenu onClose={() => setMore(false)} onSearch={onSearch} />}
    </div>
  );
}

function BarEntry({ entry, here }: { entry: Entry; here: boolean }) {
  return (
    <Link to={entry.path} {...(here ? { 'aria-current': 'page' } : {})}>
      <span className={css.icon}>
        <Icon name={entry.icon} size={22} />
        {entry.useCount && (
          <ScreenBoundary silent title="" resetKey={entry.path}>
            <EntryCount useCount={entry.useCount} />
          </ScreenBoundary>
        )}
      </span>
      {entry.title}
    </Link>
  );
}
