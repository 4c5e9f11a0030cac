import type { DeadLetter } from '../../events/dead-letters.ts';

/** The last letter of each plugin that was seen. */
export type Seen = Record<string, number>;

/**
 * The newest of the letters of several plugins. Each list is in the order of its ids and stays so, since the page
 * continues after the last id: by the time of death alone a letter that died out of turn would be passed over.
 */
export function newestLetters(lists: ReadonlyMap<string, readonly DeadLetter[]>, limit: number, before: Seen = {}) {
  const heads = new Map([...lists].map(([plugin, letters]) => [plugin, [...letters]]));
  const items: { plugin: string; letter: DeadLetter }[] = [];
  const seen: Seen = { ...before };
  while (items.length < limit) {
    const waiting = [...heads].flatMap(([plugin, [letter]]) => (letter ? [{ plugin, letter }] : []));
    if (waiting.length === 0) break;
    const next = waiting.reduce((a, b) => (b.letter.diedAt > a.letter.diedAt ? b : a));
    heads.get(next.plugin)!.shift();
    seen[next.plugin] = next.letter.id;
    items.push(next);
  }
  const more = [...heads.values()].some((letters) => letters.length > 0);
  return { items, seen, more };
}
