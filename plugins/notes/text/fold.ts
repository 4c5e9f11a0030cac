// How text is made comparable. Accents of alphabets that use them are folded away, capitals too. What is not ASCII then is
// written as Z and four letters A to P, so that the index, which knows words of letters, finds a single Chinese sign and
// any alphabet alike, whatever the database thinks a letter is; folded text has no capitals, so nothing is confused.

const alike: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' };
const clusters = /\P{ASCII}\p{M}*|[A-Za-z]\p{M}+/gu;
const marked = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;
const alphabet = 'ABCDEFGHIJKLMNOP';

function foldCluster(cluster: string): string {
  const bare = cluster.normalize('NFKD').replace(marked, '$1').toLowerCase().normalize('NFC');
  return bare.replace(/\P{ASCII}/gu, (sign) => alike[sign] ?? sign);
}

/** Lower case and without accents: what people mean when they type. */
export const fold = (text: string): string => text.replace(clusters, foldCluster).toLowerCase();

const code = (unit: string): string => {
  const n = unit.charCodeAt(0);
  return `Z${alphabet[n >> 12]}${alphabet[(n >> 8) & 15]}${alphabet[(n >> 4) & 15]}${alphabet[n & 15]}`;
};

/** Folded, in signs that any index takes; spaces of all kinds are one. */
export const searchable = (text: string): string =>
  fold(text)
    .replace(/\s+/g, ' ')
    .replace(/\P{ASCII}/gu, (sign) => sign.split('').map(code).join(''))
    .trim();

/** The bytes above which something without a space is no word: a picture pasted as text, a key. */
const longestWord = 2047;

/** All that a note is found by. A word that is longer than any word is left out. */
export const searchTextOf = (parts: readonly string[]): string =>
  searchable(parts.join('\n').replace(/\S{512,}/g, (word) => (Buffer.byteLength(word) > longestWord ? ' ' : word)));

/** The folded text, and for each of its units where in the original it came from. */
export function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  const add = (piece: string, at: number, each: boolean) => {
    for (let i = 0; i < piece.length; i++) places.push(each ? at + i : at);
    folded += piece;
  };
  let last = 0;
  for (const match of text.matchAll(clusters)) {
    add(text.slice(last, match.index).toLowerCase(), last, true);
    add(foldCluster(match[0]).toLowerCase(), match.index, false);
    last = match.index + match[0].length;
  }
  add(text.slice(last).toLowerCase(), last, true);
  places.push(text.length);
  return { folded, places };
}
