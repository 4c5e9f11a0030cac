import { navigate, useMe } from '@task-connect/console';
import { pressKey, shortcuts, singleKeys } from '@task-connect/console/shell';
import { useEffect } from 'react';
import { t } from '../t.ts';
import { useMenu } from './menu.ts';

/** Listens for the keys of the whole page, and gives `G` then a letter to every entry of the menu that has one. */
export function useShellKeys(): void {
  const menu = useMenu();
  const { preferences } = useMe();
  const entries = [...menu.personal, ...menu.plugins, ...menu.platform].filter((entry) => entry.key);
  const wanted = JSON.stringify(entries.map(({ key, title, path }) => ({ key, title, path })));
  useEffect(() => {
    const added = (JSON.parse(wanted) as { key: string; title: string; path: string }[]).map(
      ({ key, title, path }) => ({
        keys: `g ${key}`,
        title: t('Go to {page}', { page: title }),
        run: () => navigate(path),
      }),
    );
    shortcuts.set([...shortcuts.get(), ...added]);
    return () => shortcuts.set(shortcuts.get().filter((one) => !added.some((mine) => mine === one)));
  }, [wanted]);
  useEffect(() => singleKeys.set(preferences.singleKeys !== false), [preferences]);
  useEffect(() => {
    document.addEventListener('keydown', pressKey);
    return () => document.removeEventListener('keydown', pressKey);
  }, []);
}
