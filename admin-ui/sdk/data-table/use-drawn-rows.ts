import {
  defaultRangeExtractor,
  observeWindowOffset,
  observeWindowRect,
  useVirtualizer,
  type Virtualizer,
  windowScroll,
} from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

export type DrawnRows = {
  /** Whether only rows in sight are drawn. */
  virtual: boolean;
  /** The drawn ones, in order, each with the height of those left out before it. */
  items: readonly { index: number; gapBefore: number }[];
  gapAfter: number;
  measure: ((element: HTMLTableRowElement | null) => void) | undefined;
};

// A browser draws this many without a delay that one would feel.
const few = 100;

/** Which rows are drawn: all of a few, else those in sight and the one that has the focus. */
export function useDrawnRows<Row>(table: {
  rows: readonly Row[];
  rowKey(row: Row): string;
  body: RefObject<HTMLTableSectionElement | null>;
  active: number | undefined;
}): DrawnRows {
  const { rows, rowKey, body, active } = table;
  const virtual = rows.length >= few;
  const [place, setPlace] = useState<{ scroller: Element | Window; margin: number; row: number | undefined }>();
  // After every drawing: what stands above may have grown with it.
  useLayoutEffect(() => {
    if (!virtual || !body.current) return;
    const scroller = place?.scroller ?? scrollerOf(body.current);
    const margin = Math.round(offsetIn(scroller, body.current));
    // Those that were not drawn yet are taken to be as high as the first one was.
    const drawn = body.current.querySelector<HTMLElement>('tr[data-index]')?.offsetHeight;
    const row = place?.row ?? drawn;
    if (!place || place.margin !== margin || place.row !== row) setPlace({ scroller, margin, row });
  });
  const byWindow = place?.scroller === globalThis.window;
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    enabled: virtual,
    getScrollElement: () => (place?.scroller ?? null) as Element | null,
    estimateSize: () => place?.row ?? 38,
    getItemKey: (index) => rowKey(rows[index]!),
    overscan: 12,
    scrollMargin: place?.margin ?? 0,
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      if (active === undefined || inSight.includes(active)) return inSight;
      return [...inSight, active].sort((a, b) => a - b);
    },
    ...(byWindow && scrolledByWindow),
  });
  if (!virtual) {
    return { virtual, items: rows.map((_, index) => ({ index, gapBefore: 0 })), gapAfter: 0, measure: undefined };
  }
  let end = virtualizer.options.scrollMargin;
  const items = virtualizer.getVirtualItems().map((item) => {
    const gapBefore = item.start - end;
    end = item.end;
    return { index: item.index, gapBefore };
  });
  const gapAfter = virtualizer.getTotalSize() - (end - virtualizer.options.scrollMargin);
  return { virtual, items, gapAfter, measure: virtualizer.measureElement as DrawnRows['measure'] };
}

const scrolledByWindow = {
  observeElementRect: observeWindowRect,
  observeElementOffset: observeWindowOffset,
  scrollToFn: windowScroll,
} as unknown as Pick<
  Virtualizer<Element, Element>['options'],
  'observeElementRect' | 'observeElementOffset' | 'scrollToFn'
>;

/** What scrolls the table up and down: a part of the page, or the window. */
function scrollerOf(element: Element): Element | Window {
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && !at.matches('[data-wide]')) return at;
  }
  return window;
}

function offsetIn(scroller: Element | Window, element: Element): number {
  const top = element.getBoundingClientRect().top;
  if (!(scroller instanceof Element)) return top + window.scrollY;
  return top - scroller.getBoundingClientRect().top + scroller.scrollTop;
}
