import { type Hue, type MenuEntry, useMe, usePlace } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { pages } from '../pages.ts';
import { pluginScreens } from '../plugin-screens.ts';

export type Entry = Omit<MenuEntry, 'place'> & { hue?: Hue };

export type MenuOf = { personal: Entry[]; plugins: Entry[]; platform: Entry[] };

/** What the person may go to: theirs, then the plugins’, then the platform’s. */
export function useMenu(): MenuOf {
  const { permissions, platformRoles } = useMe();
  const loaded = useStore(pluginScreens);
  const isAdministrator = platformRoles.includes('administrator');
  const own = pages.filter((page) => !page.administrator || isAdministrator);
  const entries = loaded.flatMap(({ screens, hue }) =>
    (screens?.menu ?? [])
      .filter((entry) => !entry.needs || permissions.includes(entry.needs))
      .map((entry) => ({ ...entry, hue })),
  );
  return {
    personal: [
      ...own.filter((page) => page.place === 'personal'),
      ...entries.filter((entry) => entry.place === 'personal').map(({ hue: _, ...entry }) => entry),
    ],
    plugins: entries.filter((entry) => entry.place !== 'personal'),
    platform: own.filter((page) => page.place === 'platform'),
  };
}

/** Whether an entry is where the person is; the longest of those that fit. */
export function useIsHere(entries: readonly Entry[]): (entry: Entry) => boolean {
  const { path } = usePlace();
  const fits = (entry: Entry) => entry.path === path || (entry.path !== '/' && path.startsWith(`${entry.path}/`));
  const best = entries.filter(fits).sort((a, b) => b.path.length - a.path.length)[0];
  return (entry) => entry.path === best?.path;
}
