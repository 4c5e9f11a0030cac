import { fold, searchTextOf } from '../text/fold.ts';
import { readMarkdown } from '../text/read-markdown.ts';
import { mostLabels } from '../text/tags.ts';
import type { Preview } from './note.ts';
import type { Derived } from './note-table.ts';

const previewText = 600;
const previewItems = 8;

/** What is worked out of a note’s content once, when it is written, so that lists need no text. */
export function derive(note: {
  title: string;
  text: string;
  ownLabels: readonly string[];
  /** Names and pictures among the files that hang on it. */
  files: readonly { id: string; name: string; isPicture: boolean }[];
}): Derived {
  const reading = readMarkdown(note.text);
  const tags = reading.tags.slice(0, mostLabels);
  const labels = [...new Set([...note.ownLabels, ...tags])].sort((a, b) => a.localeCompare(b));
  const shown = reading.pictures.find((id) => note.files.some((file) => file.id === id));
  const picture = shown ?? note.files.find((file) => file.isPicture)?.id ?? null;
  const preview: Preview = {
    text: shortened(
      withoutItems(
        reading.plain,
        reading.items.map((item) => item.text),
      ),
    ),
    items: reading.items
      .slice(0, previewItems)
      .map((item) => ({ ...item, text: item.text.slice(0, 200).toWellFormed() })),
    itemsTotal: reading.items.length,
    itemsDone: reading.items.filter(({ done }) => done).length,
    picture,
  };
  const has = [
    note.files.length > 0 && 'attachment',
    picture !== null && 'picture',
    reading.items.length > 0 && 'checklist',
    /\bhttps?:\/\//.test(note.text) && 'link',
  ].filter((each) => each !== false);
  const names = note.files.map(({ name }) => name);
  return {
    tags,
    labels,
    label_keys: labelKeys(labels),
    search_text: searchTextOf([note.title, reading.plain, labels.join(' '), ...names]),
    preview,
    has,
  };
}

/** Folded, with their ancestors: `book/fiction` is found by `book` as well. */
export const labelKeys = (labels: readonly string[]): string[] => [
  ...new Set(
    labels.flatMap((label) => {
      const parts = fold(label).split('/');
      return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
    }),
  ),
];

function shortened(text: string): string {
  const short = text.replace(/\S{200,}/g, (word) => `${word.slice(0, 60)}…`).slice(0, previewText);
  return short.toWellFormed();
}

/** Lines that are checklist items stand in the card as such. */
function withoutItems(plain: string, items: readonly string[]): string {
  if (items.length === 0) return plain;
  const left = new Set(items);
  return plain
    .slice(0, 100_000)
    .split('\n')
    .filter((line) => !left.has(line))
    .join('\n');
}
