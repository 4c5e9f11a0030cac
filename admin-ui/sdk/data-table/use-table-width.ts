import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { Column } from './DataTable.tsx';

type Measured = { for: string; widths: ReadonlyMap<string, number> };

/**
 * Whether the table is wider than its place, so that it must scroll sideways; and where rows come and go while one
 * scrolls, the columns’ widths as the first rows need them, since they would move with each row otherwise.
 */
export function useTableWidth<Row>(
  virtual: boolean,
  columns: readonly Column<Row>[],
  body: RefObject<HTMLTableSectionElement | null>,
) {
  const [room, setRoom] = useState(0);
  const [isWide, setIsWide] = useState(false);
  const [measured, setMeasured] = useState<Measured>();
  const situation = `${room} ${columns.map(({ key }) => key).join(' ')}`;
  const frame = useCallback((element: HTMLDivElement | null) => {
    if (!element) return undefined;
    const watch = new ResizeObserver(() => {
      setRoom(element.clientWidth);
      setIsWide((element.firstElementChild?.scrollWidth ?? 0) > element.clientWidth + 1);
    });
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    const row = body.current?.querySelector('tr[data-index]');
    if (!virtual || room === 0 || measured?.for === situation || !row) return;
    setMeasured({ for: situation, widths: widthsOf(row, columns) });
  });
  const isCurrent = virtual && measured?.for === situation;
  return { frame, isWide, widths: isCurrent ? measured.widths : undefined };
}

/** The first column has none: it takes what is left. */
function widthsOf<Row>(row: Element, columns: readonly Column<Row>[]): ReadonlyMap<string, number> {
  const widths = new Map<string, number>();
  const first = [...row.children].findIndex((cell) => cell.id !== '');
  for (const [place, column] of columns.entries()) {
    const width = row.children[first + place]?.getBoundingClientRect().width ?? 0;
    if (place > 0 && width > 0) widths.set(column.key, Math.ceil(width));
  }
  const actions = row.children[first + columns.length];
  if (actions) widths.set('actions', Math.ceil(actions.getBoundingClientRect().width));
  return widths;
}
