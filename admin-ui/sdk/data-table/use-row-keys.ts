import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { singleKeys } from '../keys/shortcuts.ts';
import { navigate } from '../route/location.ts';
import type { DataTableProps } from './DataTable.tsx';
import { chooseRange } from './selection.ts';

export type RowKeys = {
  /** Whether rows take the focus at all. */
  moves: boolean;
  /** The row that has it, or had it last. */
  active: number | undefined;
  press(event: KeyboardEvent<HTMLTableSectionElement>): void;
  focused(index: number): void;
  open(index: number): void;
  /** Chooses a row or lets it go; with Shift, all from the last one on. */
  choose(index: number, onwards: boolean): void;
};

const pageOfRows = 10;

/** Moving through the rows, opening and choosing them. One row is in the order of Tab; arrows go on from there. */
export function useRowKeys<Row>(
  props: DataTableProps<Row> & { rows: readonly Row[] },
  body: RefObject<HTMLTableSectionElement | null>,
): RowKeys {
  const { rows, rowKey, to, onOpen, keys, selection, more } = props;
  const [activeKey, setActiveKey] = useState<string>();
  // Where Shift began, and what was chosen before.
  const began = useRef<{ at: number; before: ReadonlySet<string> } | undefined>(undefined);
  const found = activeKey === undefined ? -1 : rows.findIndex((row) => rowKey(row) === activeKey);
  const active = found === -1 ? undefined : found;
  const moves = Boolean(to || onOpen || selection || keys);

  const open = (index: number) => (to ? navigate(to(rows[index]!)) : onOpen?.(rows[index]!));
  const go = (index: number) => {
    // Drawn at once, so that there is something to focus; the browser then scrolls to it.
    flushSync(() => setActiveKey(rowKey(rows[index]!)));
    const row = body.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`);
    row?.focus();
    // Rows that are drawn around it may be higher than they were taken for.
    requestAnimationFrame(() => row?.scrollIntoView({ block: 'nearest' }));
  };
  const extendTo = (index: number, from: number) => {
    if (!selection) return;
    began.current ??= { at: from, before: selection.keys };
    selection.set(chooseRange(rows.map(rowKey), began.current.before, began.current.at, index));
  };
  const choose = (index: number, onwards: boolean) => {
    if (!selection) return;
    if (onwards && began.current) {
      extendTo(index, index);
      return;
    }
    const next = new Set(selection.keys);
    const key = rowKey(rows[index]!);
    if (!next.delete(key)) next.add(key);
    selection.set(next);
    began.current = { at: index, before: next };
  };

  const step = (event: KeyboardEvent, from: number): number | undefined => {
    const last = rows.length - 1;
    const wanted = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + pageOfRows,
      PageUp: from - pageOfRows,
      Home: 0,
      End: last,
      ...(singleKeys.get() && { j: from + 1, k: from - 1 }),
    }[event.key];
    if (wanted === undefined) return undefined;
    if (wanted > last) more?.();
    return Math.min(last, Math.max(0, wanted));
  };
  const press = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const at = Number((event.target as HTMLElement).dataset.index ?? Number.NaN);
    if (!moves || event.altKey || Number.isNaN(at) || !rows[at] || !(event.target as Element).matches('tr')) return;
    const mod = event.metaKey || event.ctrlKey;
    const next = mod ? undefined : step(event, at);
    const does = next !== undefined ? () => moveTo(next, at, event.shiftKey) : actionOf(event, at, mod);
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };
  const moveTo = (next: number, from: number, extends_: boolean) => {
    if (extends_) extendTo(next, from);
    else began.current = undefined;
    if (next !== from) go(next);
  };
  const actionOf = (event: KeyboardEvent, at: number, mod: boolean): (() => void) | undefined => {
    const key = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key;
    if (mod) return key === 'a' && selection ? () => selection.set(new Set(rows.map(rowKey))) : undefined;
    if (key === 'Enter') return () => open(at);
    if (key === 'Escape' && selection && selection.keys.size > 0) return () => selection.set(new Set());
    if (key.length === 1 && key !== ' ' && !singleKeys.get()) return undefined;
    const own = keys?.[key];
    if (own) return () => own.run(rows[at]!);
    return key === 'x' && selection ? () => choose(at, false) : undefined;
  };
  return { moves, active, press, open, choose, focused: (index) => setActiveKey(rowKey(rows[index]!)) };
}
