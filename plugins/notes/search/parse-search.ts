import { fold } from '../text/fold.ts';

/** What a line of search asks for. All of it must hold. */
export type Search = {
  words: string[];
  without: string[];
  labels: string[];
  withoutLabels: string[];
  has: Having[];
};

export const havings = ['attachment', 'picture', 'checklist', 'link'] as const;
export type Having = (typeof havings)[number];

const part = /(-?)(?:(label|has|tag):)?(?:"([^"]*)"?|(\S+))/gu;

/** Reads `"phrase" -word label:x has:attachment`; what is none of these is a word. Words are as they were typed. */
export function parseSearch(line: string): Search {
  const search: Search = { words: [], without: [], labels: [], withoutLabels: [], has: [] };
  for (const [whole, minus, key, phrase, word] of line.matchAll(part)) {
    const value = (phrase ?? word ?? '').replace(/\s+/g, ' ').trim();
    if (value === '') continue;
    const isNot = minus === '-';
    const having = havings.find((name) => name === value.toLowerCase());
    if (key === 'label' || key === 'tag') {
      (isNot ? search.withoutLabels : search.labels).push(fold(value.replace(/^#/, '').normalize('NFC')));
    } else if (key === 'has' && having && !isNot) search.has.push(having);
    else if (isNot && key === undefined) search.without.push(value);
    else search.words.push(key === undefined ? value : whole);
  }
  return search;
}
