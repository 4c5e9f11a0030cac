import { fold, foldWithPlaces } from '../text/fold.ts';

/** A piece of a text, and whether it is what was looked for. */
export type Piece = { text: string; found: boolean };

const around = 60;
const mostRead = 200_000;

/** A few words around the first place where one of `words` stands, each place marked; the beginning where none does. */
export function snippetOf(plain: string, words: readonly string[]): Piece[] {
  const text = plain.slice(0, mostRead);
  const { folded, places } = foldWithPlaces(text);
  const spans = placesOf(
    folded,
    words.map((word) => fold(word)).filter((word) => word !== ''),
  );
  const [first] = spans;
  const start = first ? startBefore(text, places[first[0]]!) : 0;
  const end = Math.min(text.length, start + around * 4);
  const pieces: Piece[] = [];
  let at = start;
  const add = (to: number, found: boolean) => {
    if (to > at) pieces.push({ text: text.slice(at, to), found });
    at = Math.max(at, to);
  };
  for (const [from, to] of spans) {
    const [a, b] = [places[from]!, Math.min(places[to]!, end)];
    if (a >= end) break;
    add(a, false);
    add(b, true);
  }
  add(end, false);
  return pieces;
}

function startBefore(text: string, place: number): number {
  if (place <= around) return 0;
  const space = text.slice(place - around, place).search(/\s/);
  const start = space === -1 ? place - around : place - around + space + 1;
  // Not in the middle of a sign that is two units long.
  return /[\udc00-\udfff]/.test(text[start] ?? '') ? start + 1 : start;
}

/** Where the words stand, in order, not overlapping. A phrase may stand over the end of a line. */
function placesOf(folded: string, words: readonly string[]): [number, number][] {
  const text = folded.replace(/\s/g, ' ');
  const found: [number, number][] = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1 && found.length < 1000; at = text.indexOf(word, at + word.length))
      found.push([at, at + word.length]);
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let last = 0;
  return found.filter(([from, to]) => {
    if (from < last) return false;
    last = to;
    return true;
  });
}
