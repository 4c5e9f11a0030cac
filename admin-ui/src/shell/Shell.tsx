import { useShortcut, useTelephone } from '@task-connect/console';
import { ConfirmHost, sideSlot, ToastHost } from '@task-connect/console/shell';
import { useRef, useState } from 'react';
import { remembered } from '../remembered.ts';
import { t } from '../t.ts';
import { CurrentPage } from './CurrentPage.tsx';
import { KeyList } from './KeyList.tsx';
import { Navigation } from './Navigation.tsx';
import { Palette } from './Palette.tsx';
import { ShellNotices } from './ShellNotices.tsx';
import css from './shell.module.css';
import { TelephoneBar } from './TelephoneBar.tsx';
import { TopBar } from './TopBar.tsx';
import { useShellKeys } from './use-shell-keys.ts';

/** What stands around every page. */
export function Shell() {
  const telephone = useTelephone();
  const main = useRef<HTMLElement>(null);
  const [folded, setFolded] = useState(remembered.navigation.get() === 'folded');
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const fold = () => {
    setFolded(!folded);
    remembered.navigation.set(folded ? undefined : 'folded');
  };
  useShellKeys();
  useShortcut({ keys: '[', title: t('Fold the navigation'), run: fold });
  useShortcut({ keys: 'mod+k', title: t('Search or do anything'), inFields: true, run: () => setOpen('palette') });
  useShortcut({ keys: '?', title: t('The keys of this screen'), run: () => setOpen('keys') });

  return (
    <div className={css.shell} data-folded={folded || undefined}>
      <button type="button" className={css.skip} onClick={() => main.current?.focus()}>
        {t('To the content')}
      </button>
      {!telephone && <Navigation />}
      {!telephone && <TopBar onSearch={() => setOpen('palette')} />}
      <div className={css.notices}>
        <ShellNotices />
      </div>
      <main ref={main} className={css.main} tabIndex={-1}>
        <CurrentPage main={main} />
      </main>
      <aside className={css.side} ref={(element) => sideSlot.set(element)} aria-label={t('Beside the page')} />
      {telephone && <TelephoneBar onSearch={() => setOpen('palette')} />}
      <ToastHost />
      <ConfirmHost />
      {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
      {open === 'keys' && <KeyList onClose={() => setOpen(null)} />}
    </div>
  );
}
