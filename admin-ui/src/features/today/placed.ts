import { useMe, type Widget } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { type PluginScreens, pluginScreens } from '../../plugin-screens.ts';
import { type Arranged, arrange, readArrangement } from './arrangement.ts';

/** A widget, the plugin that it is of, and the name by which its place is kept. */
export type Placed = { id: string; widget: Widget; plugin: PluginScreens };

/** The widgets that this person may see, where they have put them. */
export function usePlaced(): Arranged<Placed> {
  const { permissions, preferences } = useMe();
  const placed = useStore(pluginScreens).flatMap((plugin) =>
    (plugin.screens?.widgets ?? [])
      .filter((widget) => !widget.needs || permissions.includes(widget.needs))
      .map((widget) => ({ id: `${plugin.plugin}/${widget.id}`, widget, plugin })),
  );
  return arrange(placed, readArrangement(preferences.today));
}
