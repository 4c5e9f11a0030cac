import { useStore } from '@task-connect/console/shell';
import { pluginScreens } from '../plugin-screens.ts';
import { ScreenBoundary } from './ScreenBoundary.tsx';

/** What runs now, of every plugin that has such a thing. */
export function Running({ place }: { place: 'top' | 'telephone' }) {
  return useStore(pluginScreens).map(({ plugin, entry, screens }) => {
    const Shown = screens?.running;
    return (
      Shown && (
        <ScreenBoundary key={plugin} silent title="" resetKey={entry}>
          <Shown place={place} />
        </ScreenBoundary>
      )
    );
  });
}
