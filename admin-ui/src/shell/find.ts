/** A part of a title; those that match what was typed are `hit`. */
export type Part = { text: string; hit: boolean };

/** Whether every word that was typed begins a word of the title, and which letters match. */
export function findIn(title: string, typed: string): Part[] | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = new Set<number>();
  for (const word of words) {
    const at = beginningOf(title.toLowerCase(), word);
    if (at === -1) return undefined;
    for (let index = at; index < at + word.length; index++) hits.add(index);
  }
  const parts: Part[] = [];
  for (let index = 0; index < title.length; index++) {
    const hit = hits.has(index);
    const last = parts.at(-1);
    if (last?.hit === hit) last.text += title[index];
    else parts.push({ text: title[index]!, hit });
  }
  return parts;
}

function beginningOf(title: string, word: string): number {
  for (let at = title.indexOf(word); at !== -1; at = title.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(title[at - 1]!)) return at;
  }
  return -1;
}
