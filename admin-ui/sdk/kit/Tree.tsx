import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { navigate } from '../route/location.ts';
import type { IconName } from './icons.ts';
import { TreeLine } from './TreeLine.tsx';
import css from './tree.module.css';
import { isLetter, keyOfTree, type TreeRow, visibleRows } from './tree-rows.ts';

export type TreeItem = {
  id: string;
  title: string;
  icon?: IconName;
  /** Stands at the end: a count, a state. */
  note?: ReactNode;
  /** Where it leads; without it, `onOpen`. */
  to?: string;
  children?: readonly TreeItem[];
};

type TreeProps = {
  label: string;
  items: readonly TreeItem[];
  /** The one that is looked at. */
  selected?: string | null;
  /** Enter, or a click on it. */
  onOpen?(item: TreeItem): void;
  /** Ids that are unfolded; without it the tree keeps that itself, all unfolded at first. */
  unfolded?: ReadonlySet<string>;
  onUnfold?(unfolded: ReadonlySet<string>): void;
};

/** A tree by keyboard: arrows move and fold, letters jump, Home and End, Enter opens. */
export function Tree({ label, items, selected = null, onOpen, unfolded: given, onUnfold }: TreeProps) {
  const root = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const isUnfolded = (item: TreeItem) => (given ? given.has(item.id) : !folded.has(item.id));
  const rows = visibleRows(items, isUnfolded);
  const current = rows.find((row) => row.item.id === (active ?? selected)) ?? rows[0];

  const fold = (item: TreeItem, open: boolean) => {
    const next = new Set(given ?? folded);
    if (given ? open : !open) next.add(item.id);
    else next.delete(item.id);
    if (given) onUnfold?.(next);
    else setFolded(next);
  };
  const go = (row: TreeRow | undefined) => {
    if (!row) return;
    setActive(row.item.id);
    root.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(row.item.id)}"]`)?.focus();
  };
  const open = (item: TreeItem) => {
    setActive(item.id);
    if (item.to) navigate(item.to);
    else if (onOpen) onOpen(item);
    else if (item.children?.length) fold(item, !isUnfolded(item));
  };
  const press = (event: KeyboardEvent) => {
    const row = rows.find((one) => one.item.id === (event.target as HTMLElement).dataset.id);
    if (!row || event.metaKey || event.ctrlKey || event.altKey) return;
    const does = keyOfTree(event.key, row, rows);
    if (!does && !isLetter(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!does) return;
    if (does.do === 'go') go(does.row);
    else if (does.do === 'open') open(row.item);
    else fold(row.item, does.do === 'unfold');
  };
  return (
    <div ref={root} role="tree" aria-label={label} className={css.tree} onKeyDown={press}>
      {rows.map((row) => (
        <TreeLine
          key={row.item.id}
          row={row}
          isCurrent={row === current}
          isSelected={row.item.id === selected}
          isUnfolded={isUnfolded(row.item)}
          onFocus={() => setActive(row.item.id)}
          onOpen={() => open(row.item)}
          onFold={() => fold(row.item, !isUnfolded(row.item))}
        />
      ))}
    </div>
  );
}
