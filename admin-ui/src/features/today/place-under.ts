import { type Place, places } from './arrangement.ts';

/** Where a widget would stand that is held at this point: the nearest column, before what lies below the point. */
export function placeUnder(
  root: HTMLElement,
  id: string,
  x: number,
  y: number,
): { place: Place; index: number } | null {
  const held = root.querySelector(`[data-widget="${CSS.escape(id)}"]`);
  const fromHead = held?.closest('[data-place]')?.getAttribute('data-place') === 'head';
  let nearest: { place: Place; column: HTMLElement; distance: number } | undefined;
  for (const place of places) {
    // What lies across all columns is laid out for their whole width.
    if ((place === 'head') !== fromHead) continue;
    const column = root.querySelector<HTMLElement>(`[data-place="${place}"]`);
    if (!column) continue;
    const { left, right, top, bottom } = column.getBoundingClientRect();
    const distance = Math.max(left - x, 0, x - right) + Math.max(top - y, 0, y - bottom);
    if (!nearest || distance < nearest.distance) nearest = { place, column, distance };
  }
  if (!nearest) return null;
  const others = [...nearest.column.children].filter((child) => child !== held);
  const index = others.filter((child) => {
    const { top, height } = child.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
  return { place: nearest.place, index };
}
