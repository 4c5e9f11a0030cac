import type { Widget } from '@task-connect/console';

// Where the widgets of Today stand for one person. Kept are ids of what was arranged; a widget that came later stands
// where its plugin says, behind those, and one whose plugin is off keeps its place until it is on again.

export type Place = Widget['place'];

/** The columns, in the order in which they are read; `head` lies above them. */
export const places: readonly Place[] = ['head', 'start', 'main', 'end'];

/** What is kept of it in the person’s preferences. */
export type Arrangement = Record<Place, readonly string[]> & { hidden: readonly string[] };

export type Placeable = { id: string; widget: Pick<Widget, 'place'> };

export type Arranged<One> = Record<Place | 'hidden', readonly One[]>;

const noArrangement: Arrangement = { head: [], start: [], main: [], end: [], hidden: [] };

/** Whatever the preferences hold, as an arrangement: an older console, or a program, may have written them. */
export function readArrangement(kept: unknown): Arrangement {
  if (kept === null || typeof kept !== 'object') return noArrangement;
  const words = (list: unknown) =>
    Array.isArray(list) ? list.filter((id): id is string => typeof id === 'string') : [];
  const seen = new Set<string>();
  const once = (list: unknown) => words(list).filter((id) => !seen.has(id) && seen.add(id));
  const { hidden, head, start, main, end } = kept as Record<string, unknown>;
  return { hidden: once(hidden), head: once(head), start: once(start), main: once(main), end: once(end) };
}

/** The widgets that are there, by where they stand. */
export function arrange<One extends Placeable>(widgets: readonly One[], kept: Arrangement): Arranged<One> {
  const placed = new Set([...places, 'hidden' as const].flatMap((place) => kept[place]));
  const at = (place: Place | 'hidden') => [
    ...kept[place].flatMap((id) => widgets.filter((one) => one.id === id)),
    ...widgets.filter((one) => one.widget.place === place && !placed.has(one.id)),
  ];
  return { head: at('head'), start: at('start'), main: at('main'), end: at('end'), hidden: at('hidden') };
}

/** As it stands now with this widget at another place: before the one that stands `index`th there without it. */
export function moved<One extends Placeable>(
  now: Arranged<One>,
  id: string,
  to: Place | 'hidden',
  index: number,
): Arranged<One> {
  const one = [...places, 'hidden' as const].flatMap((place) => now[place]).find((each) => each.id === id);
  if (!one) return now;
  const without = (place: Place | 'hidden') => now[place].filter((each) => each.id !== id);
  const next = {
    head: without('head'),
    start: without('start'),
    main: without('main'),
    end: without('end'),
    hidden: without('hidden'),
  };
  return { ...next, [to]: next[to].toSpliced(Math.max(0, index), 0, one) };
}

/** A step by an arrow key: up and down within a column, to the side into the next one, at about the same height. */
export function stepped<One extends Placeable>(
  now: Arranged<One>,
  id: string,
  key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight',
): Arranged<One> {
  const from = places.find((place) => now[place].some((one) => one.id === id));
  if (!from) return now;
  const index = now[from].findIndex((one) => one.id === id);
  if (key === 'ArrowUp') return index === 0 ? now : moved(now, id, from, index - 1);
  if (key === 'ArrowDown') return index === now[from].length - 1 ? now : moved(now, id, from, index + 1);
  // What lies across all columns is laid out for their whole width.
  const columns: readonly Place[] = places.filter((place) => place !== 'head');
  const to = columns[columns.indexOf(from) + (key === 'ArrowLeft' ? -1 : 1)];
  return from === 'head' || to === undefined ? now : moved(now, id, to, Math.min(index, now[to].length));
}

/** What is to be kept: this order, and the places of those that are not there now. */
export function keepArrangement(now: Arranged<Placeable>, before: Arrangement): Arrangement {
  const here = new Set([...places, 'hidden' as const].flatMap((place) => now[place].map(({ id }) => id)));
  const at = (place: Place | 'hidden') => [
    ...now[place].map(({ id }) => id),
    ...before[place].filter((id) => !here.has(id)),
  ];
  return { head: at('head'), start: at('start'), main: at('main'), end: at('end'), hidden: at('hidden') };
}
