import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { type Me, useMe } from '@task-connect/console';
import { useSaveMe } from './features/me/queries.ts';
import { remembered } from './remembered.ts';

const schemes: readonly unknown[] = ['light', 'dark', 'auto'];
const densities: readonly unknown[] = ['comfortable', 'compact'];

export type Density = 'comfortable' | 'compact';

/** Takes over what the person chose, perhaps in another browser; kept here too, for the first paint of the next visit. */
export function takeOverLook({ preferences: { scheme, density } }: Me): void {
  if (schemes.includes(scheme)) remembered.scheme.set(String(scheme));
  if (densities.includes(density)) setDensity(density as Density);
}

function setDensity(density: Density): void {
  remembered.density.set(density);
  document.documentElement.dataset.density = density;
}

/** How the console looks, and how to change it; a choice is the person’s, in every browser. */
export function useLook() {
  const { preferences } = useMe();
  const save = useSaveMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return {
    scheme: colorScheme,
    density: (densities.includes(preferences.density) ? preferences.density : 'comfortable') as Density,
    setScheme(scheme: MantineColorScheme) {
      setColorScheme(scheme);
      void save.run({ preferences: { scheme } });
    },
    setDensity(density: Density) {
      setDensity(density);
      void save.run({ preferences: { density } });
    },
  };
}
