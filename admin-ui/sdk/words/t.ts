import { createElement, Fragment, type ReactNode } from 'react';

// Every sentence that a person reads goes through a catalogue. The English sentence is its own key: a second language
// is one file, `{ 'English sentence': 'its translation' }`, and what it does not have stays English.

/** Forms of a sentence by the plural category of `count` (CLDR), `other` in any case. */
export type Plural = { one: string; other: string };

/** Translations by English sentence; for a plural by its `other` form. */
export type Catalogue = Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;

export type Values = Record<string, string | number>;

export type Translate = {
  (sentence: string | Plural, values?: Values): string;
  /** The same with elements in the places of `{names}`. */
  rich(sentence: string | Plural, values: Record<string, ReactNode> & { count?: number }): ReactNode;
};

const catalogues = new Map<string, Catalogue>();
let language = 'en';
let plurals = new Intl.PluralRules(language);
let numbers = new Intl.NumberFormat(language);

/** Sets the language of the page; catalogues are given by `addCatalogue`. */
export function setLanguage(code: string): void {
  language = code;
  plurals = new Intl.PluralRules(code);
  numbers = new Intl.NumberFormat(code);
}

/** The language of the page, a BCP 47 tag. */
export const currentLanguage = (): string => language;

/** Files of translations: by language, or as Vite’s `import.meta.glob('./catalogues/*.json')` finds them. */
export type CatalogueFiles = Readonly<Record<string, () => Promise<{ default: Catalogue }>>>;

/** Reads the translations of a language, or of its region where those are of their own; undefined where none are. */
export async function readCatalogue(files: CatalogueFiles, code: string): Promise<Catalogue | undefined> {
  const names = Object.keys(files);
  const name = names.find((one) => one === code || one.endsWith(`/${code}.json`));
  return name === undefined ? undefined : (await files[name]!()).default;
}

/** Gives the translations of one owner (a plugin’s id) in the language of the page. */
export function addCatalogue(owner: string, catalogue: Catalogue): void {
  catalogues.set(owner, catalogue);
}

/**
 * The translator of one owner of sentences.
 * @example
 * const t = translator('tasks');
 * t({ one: '{count} task left', other: '{count} tasks left' }, { count: 3 });
 */
export function translator(owner: string): Translate {
  const pattern = (sentence: string | Plural, count: unknown): string => {
    const english = typeof sentence === 'string' ? sentence : sentence.other;
    const translated = catalogues.get(owner)?.[english] ?? sentence;
    if (typeof translated === 'string') return translated;
    const category = typeof count === 'number' ? plurals.select(count) : 'other';
    return (translated as Record<string, string | undefined>)[category] ?? translated.other ?? english;
  };
  const t = (sentence: string | Plural, values: Values = {}): string =>
    pattern(sentence, values.count).replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      // Only the count is surely a number of things; a year or a port is written as it is.
      name === 'count' && typeof values.count === 'number'
        ? numbers.format(values.count)
        : String(values[name] ?? whole),
    );
  const rich: Translate['rich'] = (sentence, values) =>
    pattern(sentence, values.count)
      .split(/(\{\w+\})/)
      .map((part, index) => {
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        return createElement(Fragment, { key: index }, name === undefined ? part : values[name]);
      });
  return Object.assign(t, { rich });
}
