import { api, type Hue, refresh, type Screens } from '@task-connect/console';
import {
  addCatalogue,
  addressOf,
  currentLanguage,
  liveState,
  makeStore,
  onHint,
  pluginLooks,
} from '@task-connect/console/shell';

/** A plugin’s screens as they are in this tab now. */
export type PluginScreens = {
  plugin: string;
  title: string;
  hue: Hue;
  icon: string | null;
  entry: string;
  /** Undefined when the module could not be loaded; `reason` says why. */
  screens: Screens | undefined;
  reason?: string;
};

type Offered = Omit<PluginScreens, 'screens' | 'reason'> & { css: string[] };
type Answer = { buildId: string; items: Offered[] };

/** The screens of all enabled plugins. */
export const pluginScreens = makeStore<readonly PluginScreens[]>([]);

/** Whether the server has another build than this tab. */
export const newVersion = makeStore(false);

const buildId = () => document.querySelector<HTMLMetaElement>('meta[name=build]')?.content;
let latest = 0;
let tries = 0;

/** Asks which plugins are on, loads what is new and drops what is gone. */
export async function syncPluginScreens(): Promise<void> {
  latest += 1;
  const run = latest;
  const { items, buildId: served } = await api.get<Answer>('/api/console/screens');
  if (served !== buildId()) newVersion.set(true);
  const known = new Map(pluginScreens.get().map((one) => [one.entry, one]));
  const loaded = await Promise.all(
    items.map((item) => {
      const before = known.get(item.entry);
      return before?.screens ? { ...before, title: item.title } : load(item);
    }),
  );
  // An answer that was overtaken by a newer one says nothing.
  if (run !== latest) return;
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[data-plugin]')) {
    if (!items.some((item) => item.plugin === link.dataset.plugin)) link.remove();
  }
  pluginLooks.set(new Map(loaded.map(({ plugin, title, icon, hue }) => [plugin, { title, icon, hue }])));
  pluginScreens.set(loaded);
}

async function load({ css, ...item }: Offered): Promise<PluginScreens> {
  try {
    // A browser keeps the failure of an address, so another try needs another address.
    const address = addressOf(item.entry) + (tries > 0 ? `?try=${tries}` : '');
    const [module] = await Promise.all([
      import(/* @vite-ignore */ address) as Promise<{ default: Screens }>,
      ...css.map((sheet) => loadStyles(item.plugin, addressOf(sheet))),
    ]);
    const catalogue = await module.default.catalogues?.[currentLanguage()]?.();
    if (catalogue) addCatalogue(item.plugin, catalogue.default);
    return { ...item, screens: module.default };
  } catch (error) {
    return { ...item, screens: undefined, reason: error instanceof Error ? error.message : String(error) };
  }
}

function loadStyles(plugin: string, href: string): Promise<void> {
  if (document.querySelector(`link[href="${CSS.escape(href)}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    link.dataset.plugin = plugin;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`its styles did not come (${href})`));
    document.head.append(link);
  });
}

/** Tries again to load what could not be loaded. */
export function retryPluginScreens(): void {
  tries += 1;
  void syncPluginScreens();
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
