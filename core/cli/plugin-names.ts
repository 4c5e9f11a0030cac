import { UsageError } from './command.ts';

// The names of a new plugin in all the forms that its files need, made from two: its own and that of its thing.

export type PluginNames = {
  /** `team-goals` */
  id: string;
  /** `team-goal` */
  thing: string;
  /** Text of the template with these names in the places of its own. */
  fill(text: string): string;
};

const kebab = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;

export function pluginNames(id: string, givenThing: string | undefined): PluginNames {
  const thing = givenThing ?? singularOf(id) ?? `${id}-item`;
  for (const name of [id, thing]) {
    if (!kebab.test(name) || name.length > 40) {
      throw new UsageError(
        `“${name}” is no name for this; take up to 40 small letters, digits and hyphens, as in team-goals.`,
      );
    }
  }
  const several = singularOf(id) === thing ? id : pluralOf(thing);
  const forms: Record<string, string> = {
    'a field note': `${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${words(thing)}`,
    'field note': words(thing),
    'field notes': words(several),
    'Field note': sentence(thing),
    'Field notes': sentence(id),
    'field-note': thing,
    'field-notes': id,
    field_note: tableOf(thing),
    fieldNote: camel(thing),
    fieldNotes: camel(id),
    FieldNote: pascal(thing),
    FieldNotes: pascal(several),
  };
  const longestFirst = Object.keys(forms).sort((a, b) => b.length - a.length);
  const places = new RegExp(
    longestFirst.map((form) => (form.startsWith('a ') ? `\\b${form}(?!s)` : form)).join('|'),
    'g',
  );
  return { id, thing, fill: (text) => text.replace(places, (form) => forms[form]!) };
}

const words = (name: string) => name.replaceAll('-', ' ');
const sentence = (name: string) => words(name).replace(/^./, (letter) => letter.toUpperCase());
const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string) => camel(name).replace(/^./, (letter) => letter.toUpperCase());

/** A table may not be called by a word of SQL. */
const tableOf = (thing: string) => {
  const table = thing.replaceAll('-', '_');
  return sqlWords.has(table) ? `${table}_entry` : table;
};

/** The singular of the last word; undefined where that is not plain. */
function singularOf(name: string): string | undefined {
  if (/[^aeiou]ies$/.test(name) && name.length > 4) return name.replace(/ies$/, 'y');
  if (/(ss|x|ch|sh)es$/.test(name)) return name.slice(0, -2);
  return /[^sui]s$/.test(name) ? name.slice(0, -1) : undefined;
}

function pluralOf(name: string): string {
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, 'ies');
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

// Reserved in PostgreSQL 18 (Appendix C), those that are words for things.
const sqlWords = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
   column concurrently constraint create cross current default deferrable desc distinct do else end except false fetch
   for foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral
   leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
   placing primary references returning right select similar some symmetric table tablesample then to trailing true
   union unique user using variadic verbose when where window with tally`.split(/\s+/),
);
