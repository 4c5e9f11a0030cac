import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginElsewhere } from '../kernel/registry.ts';

/** The built screens of one plugin, as the console loads them; addresses are below the base path. */
export type Screens = { plugin: string; title: string; hue: string; icon: string; entry: string; css: string[] };

type Manifest = Record<string, { file: string; isEntry?: boolean; css?: string[]; imports?: string[] }>;

/** The style sheets of a module and of all that it imports; what it shares with pages that come later is a chunk of its own. */
export function stylesOf(manifest: Manifest, name: string, seen = new Set<string>()): string[] {
  const chunk = manifest[name];
  if (!chunk || seen.has(name)) return [];
  seen.add(name);
  const shared = (chunk.imports ?? []).flatMap((each) => stylesOf(manifest, each, seen));
  return [...new Set([...shared, ...(chunk.css ?? [])])];
}

/** Reads what the build of the console says about itself and about each plugin; a file is read again when it changed. */
export function makeScreens(folder: string): {
  buildId(): Promise<string>;
  /** For GET /api/console/screens: those of the plugins that are on. */
  screensOf(active: readonly PluginElsewhere[]): Promise<{ buildId: string; items: Screens[] }>;
  /** For those who are not signed in: of the plugins with pages for everybody, and nothing of the others. */
  publicScreensOf(active: readonly PluginElsewhere[]): Promise<{ buildId: string; items: Screens[] }>;
} {
  const known = new Map<string, { mtimeMs: number; read: unknown }>();

  async function json<T>(file: string): Promise<T | undefined> {
    const found = await stat(file).catch(() => undefined);
    if (!found) return undefined;
    const before = known.get(file);
    if (before?.mtimeMs === found.mtimeMs) return before.read as T;
    const read = JSON.parse(await readFile(file, 'utf8')) as T;
    known.set(file, { mtimeMs: found.mtimeMs, read });
    return read;
  }

  async function screensOfPlugin({ id, plugin: { contract } }: PluginElsewhere): Promise<Screens[]> {
    const manifest = (await json<Manifest>(join(folder, 'plugins', id, 'manifest.json'))) ?? {};
    const [name, entry] = Object.entries(manifest).find(([, { isEntry }]) => isEntry) ?? [];
    if (!name || !entry) return [];
    const address = (file: string) => `/plugins/${id}/${file}`;
    const { title, hue = 'stone', icon = 'puzzle' } = contract;
    return [{ plugin: id, title, hue, icon, entry: address(entry.file), css: stylesOf(manifest, name).map(address) }];
  }

  const buildId = async () => (await json<{ buildId: string }>(join(folder, 'console.json')))?.buildId ?? 'unbuilt';

  async function screensOf(active: readonly PluginElsewhere[]) {
    const items = await Promise.all(active.map(screensOfPlugin));
    return { buildId: await buildId(), items: items.flat() };
  }

  /** The build looks for it, so that nothing has to run the screens on the server. */
  async function hasPublicPages({ id }: PluginElsewhere): Promise<boolean> {
    const about = await json<{ publicPages: boolean }>(join(folder, 'plugins', id, 'screens.json'));
    return about?.publicPages === true;
  }

  return {
    buildId,
    screensOf,
    async publicScreensOf(active) {
      const open = await Promise.all(active.map(hasPublicPages));
      return screensOf(active.filter((_, at) => open[at]));
    },
  };
}
