import { type IconName, navigate, useMe } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { useSaveMe } from '../features/me/queries.ts';
import { useLook } from '../look.ts';
import { pages } from '../pages.ts';
import { pluginScreens } from '../plugin-screens.ts';
import { signOut } from '../sign-in.ts';
import { t } from '../t.ts';
import { type Entry, useMenu } from './menu.ts';

/** Something that the palette can do. */
export type Command = {
  /** What tells two of one title apart. */
  id?: string;
  title: string;
  detail?: string;
  icon: IconName;
  hue?: Entry['hue'];
  keys?: string;
  kind: 'do' | 'go' | 'found';
  run(): void;
};

/** What can be done and where one can go, in that order. */
export function useCommands(): Command[] {
  const { permissions, preferences } = useMe();
  const menu = useMenu();
  const { setScheme } = useLook();
  const save = useSaveMe();
  const loaded = useStore(pluginScreens);
  const showFirstSteps: Command = {
    title: t('Show the first steps'),
    icon: 'list-check',
    kind: 'do',
    run: () => void save.run({ preferences: { firstSteps: null } }).then(() => navigate('/')),
  };
  const actions = loaded.flatMap(({ screens, hue }) =>
    (screens?.actions ?? [])
      .filter((action) => !action.needs || permissions.includes(action.needs))
      .map((action) => ({ ...action, hue, kind: 'do' as const })),
  );
  const places = [...menu.personal, ...menu.plugins, ...menu.platform, ...pages.filter(isFoundOnly)];
  return [
    ...actions,
    ...places.map((place) => ({
      title: place.title,
      icon: place.icon,
      kind: 'go' as const,
      run: () => navigate(place.path),
      ...('hue' in place && place.hue ? { hue: place.hue } : {}),
      ...(place.key ? { keys: `g ${place.key}` } : {}),
    })),
    ...(preferences.firstSteps === 'away' ? [showFirstSteps] : []),
    { title: t('Use the light scheme'), icon: 'sun', kind: 'do', run: () => setScheme('light') },
    { title: t('Use the dark scheme'), icon: 'moon', kind: 'do', run: () => setScheme('dark') },
    { title: t('Follow the system’s scheme'), icon: 'device-desktop', kind: 'do', run: () => setScheme('auto') },
    { title: t('Sign out'), icon: 'logout', kind: 'do', run: () => void signOut() },
  ];
}

const isFoundOnly = (page: (typeof pages)[number]) => page.place === 'none' && !page.path.includes(':');
