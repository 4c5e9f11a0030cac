import { api, type Hue, refresh, type Screens } from '@task-connect/console';
import {
  addCatalogue,
  addressOf,
  currentLanguage,
  liveState,
  makeStore,
  onHint,
  pluginLooks,
  readCatalogue,
} from '@task-connect/console/shell';
import { dropStyles, loadStyles } from './plugin-styles.ts';

/** A plugin’s screens as they are in this tab now. */
export type PluginScreens = {
  plugin: string;
  title: string;
  hue: Hue;
  icon: string | null;
  entry: string;
  /** Differs after the same module was loaded anew. */
  copy: string;
  /** Undefined when the module could not be loaded; `reason` says why. */
  screens: Screens | undefined;
  reason?: string;
};

type Offered = Omit<PluginScreens, 'screens' | 'reason' | 'copy'> & { css: string[] };
type Answer = { buildId: string; items: Offered[] };

/** The screens of all enabled plugins. */
export const pluginScreens = makeStore<readonly PluginScreens[]>([]);

/** Whether the server has another build than this tab. */
export const newVersion = makeStore(false);

const buildId = () => document.querySelector<HTMLMetaElement>('meta[name=build]')?.content;
const offers = { path: '/api/console/screens' };
let latest = 0;
let tries = 0;

/** Asks which plugins are on, loads what is new and drops what is gone; those of `anew` are loaded again. */
export async function syncPluginScreens({ anew }: { anew?: string } = {}): Promise<void> {
  latest += 1;
  const run = latest;
  const { items, buildId: served } = await api.get<Answer>(offers.path);
  if (served !== buildId()) newVersion.set(true);
  const known = new Map(pluginScreens.get().map((one) => [one.entry, one]));
  const loaded = await Promise.all(
    items.map((item) => {
      const before = known.get(item.entry);
      return before?.screens && item.plugin !== anew ? { ...before, title: item.title } : load(item);
    }),
  );
  // An answer that was overtaken by a newer one says nothing.
  if (run !== latest) return;
  dropStyles((plugin) => !items.some((item) => item.plugin === plugin));
  pluginLooks.set(new Map(loaded.map(({ plugin, title, icon, hue }) => [plugin, { title, icon, hue }])));
  pluginScreens.set(loaded);
}

async function load({ css, ...item }: Offered): Promise<PluginScreens> {
  // A browser keeps the failure of an address, so another try needs another: of this file, and of those beside it.
  const entry = tries > 0 ? item.entry.replace(/\/(assets\/[^/]+)$/, `/try-${tries}/$1`) : item.entry;
  const address = addressOf(entry);
  try {
    const [module] = await Promise.all([
      import(/* @vite-ignore */ address) as Promise<{ default: Screens }>,
      ...css.map((sheet) => loadStyles(item.plugin, addressOf(sheet))),
    ]);
    const catalogue = await readCatalogue(module.default.catalogues ?? {}, currentLanguage());
    if (catalogue) addCatalogue(item.plugin, catalogue);
    return { ...item, copy: address, screens: module.default };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...item, copy: address, screens: undefined, reason };
  }
}

/** Tries again to load what could not be loaded; a plugin that is named is loaded again in any case. */
export function retryPluginScreens(plugin?: string): void {
  tries += 1;
  void syncPluginScreens(plugin === undefined ? {} : { anew: plugin }).catch(() => {});
}

/** Takes only what is for everybody. */
export function syncPublicScreens(): Promise<void> {
  offers.path = '/api/console/public-screens';
  return syncPluginScreens();
}

/** While a plugin is written: takes over its new screens from `npm run dev`. */
export function replaceScreens(screens: Screens): void {
  pluginScreens.set(pluginScreens.get().map((one) => (one.plugin === screens.plugin ? { ...one, screens } : one)));
}

/** Follows the platform: plugins come and go in this tab as they are switched. */
export function followPlugins(): void {
  const sync = () => void syncPluginScreens().catch(() => {});
  onHint((hint) => {
    if (hint.type !== 'plugins-changed') return;
    sync();
    // With a plugin come and go its permissions.
    void refresh('/api/me', '/api/platform/plugins', '/health');
  });
  // After a gap nobody knows what was switched.
  liveState.subscribe(() => liveState.get() && sync());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sync());
}
