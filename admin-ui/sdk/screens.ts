import type { ComponentType } from 'react';
import type { IconName } from './kit/icons.ts';
import type { CatalogueFiles } from './words/t.ts';

export type MenuEntry = {
  title: string;
  /** Where it leads: a path of this plugin’s pages. */
  path: string;
  icon: IconName;
  /** `personal`: above the plugins, beside Today. */
  place?: 'personal' | 'plugins';
  /** The letter after `G`. */
  key?: string;
  /** Also in the bar of a telephone, if there is room. */
  telephone?: boolean;
  /** Without this permission it is not there. */
  needs?: string;
  /** A hook that gives the number beside it. */
  useCount?(): number | undefined;
};

export type ScreenPage = {
  /** Begins with the plugin’s id: `/tasks/:taskId`. */
  path: string;
  component: ComponentType;
  needs?: string;
};

export type Widget = {
  id: string;
  title: string;
  /** A column of Today: above all, first, in the middle, or last. */
  place: 'head' | 'start' | 'main' | 'end';
  component: ComponentType;
  needs?: string;
  /** A hook that gives a sentence for the head of Today: “Five tasks, one of them late.” */
  useSummary?(): string | undefined;
};

/** Something the palette (⌘K) offers. */
export type PaletteAction = {
  title: string;
  icon: IconName;
  /** Its key, to be learnt beside it. */
  keys?: string;
  needs?: string;
  run(): void;
};

/** A part of the plugin’s settings that its JSON schema cannot say; below the form, on its page and in Settings. */
export type SettingsPart = { title: string; component: ComponentType; needs?: string };

/** A page for everybody: without sign-in, and without the console around it. */
export type PublicPage = {
  /** `/public/<plugin>/…`; parameters as in pages. */
  path: string;
  component: ComponentType;
};

/** What the palette found. */
export type Found = { title: string; detail?: string; icon: IconName; to: string };

export type Screens = {
  /** The plugin’s id. */
  plugin: string;
  menu?: readonly MenuEntry[];
  pages: readonly ScreenPage[];
  widgets?: readonly Widget[];
  settings?: readonly SettingsPart[];
  publicPages?: readonly PublicPage[];
  actions?: readonly PaletteAction[];
  /** What the palette looks up while the person types; some ten at most, the best first. */
  find?(text: string): Promise<readonly Found[]>;
  /** What runs now, always in sight: in the top bar, or above the bar of a telephone. */
  running?: ComponentType<{ place: 'top' | 'telephone' }>;
  /** Sentences in other languages: `import.meta.glob('./catalogues/*.json')`, so that one file more is one language more. */
  catalogues?: CatalogueFiles;
};

/**
 * What a plugin shows in the console; the default export of its `screens/index.tsx`. Everything comes when the plugin
 * is enabled and goes when it is disabled, in open tabs too.
 * @example
 * export default defineScreens({
 *   plugin: 'notes',
 *   menu: [{ title: 'Notes', path: '/notes', icon: 'note', key: 'n' }],
 *   pages: [{ path: '/notes', component: NoteList }],
 * });
 */
export function defineScreens(screens: Screens): Screens {
  const foreign = screens.pages.find(({ path }) => path.split('/')[1] !== screens.plugin);
  if (foreign)
    throw new Error(`The page ${foreign.path} does not begin with /${screens.plugin}. Give it a path that does.`);
  const own = `/public/${screens.plugin}`;
  const astray = screens.publicPages?.find(({ path }) => path !== own && !path.startsWith(`${own}/`));
  if (astray) throw new Error(`The public page ${astray.path} does not begin with ${own}. Give it a path that does.`);
  return screens;
}
