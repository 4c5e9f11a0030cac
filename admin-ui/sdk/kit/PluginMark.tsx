import { makeStore, useStore } from '../store.ts';
import type { Hue } from './hue.ts';
import { PluginIcon } from './Icon.tsx';

export type PluginLook = { title: string; icon: string | null; hue: Hue | null };

/** How the enabled plugins look, by id. */
export const pluginLooks = makeStore<ReadonlyMap<string, PluginLook>>(new Map());

/** The icon of a plugin by its id, as it is named in events and notifications. */
export function PluginMark({ plugin, size = 18 }: { plugin: string; size?: number }) {
  const look = useStore(pluginLooks).get(plugin);
  return <PluginIcon icon={look?.icon} hue={look?.hue ?? null} size={size} />;
}
