// What counts as a tag in running text: `#` after a space or an opening sign, then letters, digits, `_`, `-` and `/`, with
// at least one letter among them. So `#ff0000` is a tag, `#1` and `C#` are none. Two ways to write é are one tag.

const tag = /(^|[\s([{"'“‘«])#([\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]*)/gu;

/** How many labels a note may carry, and how long one may be. */
export const mostLabels = 100;
export const longestLabel = 50;

/** A label in the one form that it is kept in. */
export const labelForm = (label: string): string => label.normalize('NFC').replace(/[/-]+$/, '');

/** Each tag in a piece of text that is neither code nor a link. */
export function tagsIn(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(tag)) {
    const label = labelForm(match[2]!);
    if (/\p{L}/u.test(label) && label.length <= longestLabel) found.push(label);
  }
  return found;
}

/** The text with one tag written as another; other tags that begin alike stay. */
export const withTag = (text: string, from: string, to: string): string =>
  text.replace(tag, (whole: string, before: string, word: string) =>
    labelForm(word) === from ? `${before}#${to}${word.slice(word.replace(/[/-]+$/, '').length)}` : whole,
  );
