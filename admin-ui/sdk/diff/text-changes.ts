import { diffWordsWithSpace } from 'diff';

/** A part of a text: as it was, gone, or new. */
export type TextChange = { kind: 'same' | 'gone' | 'new'; text: string };

/** How one text became the other, word by word; the old is what is not `new`, the new what is not `gone`. */
export function textChanges(before: string, after: string): TextChange[] {
  // Two long texts with nothing in common would take seconds; then they are shown one after the other.
  const changes = diffWordsWithSpace(before, after, { timeout: 500, maxEditLength: 4000 });
  if (!changes) return [change('gone', before), change('new', after)];
  return changes.map(({ added, removed, value }) => change(added ? 'new' : removed ? 'gone' : 'same', value));
}

const change = (kind: TextChange['kind'], text: string): TextChange => ({ kind, text });
