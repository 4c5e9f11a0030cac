import type { TreeItem } from './Tree.tsx';

/** An item that can be seen, and where it stands. */
export type TreeRow = { item: TreeItem; parent: TreeRow | undefined; level: number; place: number; siblings: number };

/** The items that are not within a folded one, from top to bottom. */
export function visibleRows(
  items: readonly TreeItem[],
  isUnfolded: (item: TreeItem) => boolean,
  parent?: TreeRow,
): TreeRow[] {
  return items.flatMap((item, index) => {
    const row = { item, parent, level: (parent?.level ?? 0) + 1, place: index + 1, siblings: items.length };
    const children = item.children && isUnfolded(item) ? visibleRows(item.children, isUnfolded, row) : [];
    return [row, ...children];
  });
}

export type TreeStep = { do: 'go'; row: TreeRow | undefined } | { do: 'open' | 'fold' | 'unfold' };

export const isLetter = (key: string): boolean => [...key].length === 1 && key !== ' ';

/** What a key does on a row (ARIA Authoring Practices, tree view). */
export function keyOfTree(key: string, row: TreeRow, rows: readonly TreeRow[]): TreeStep | undefined {
  const at = rows.indexOf(row);
  const hasChildren = (row.item.children?.length ?? 0) > 0;
  const isOpen = hasChildren && rows[at + 1]?.parent === row;
  switch (key) {
    case 'ArrowDown':
      return { do: 'go', row: rows[at + 1] };
    case 'ArrowUp':
      return { do: 'go', row: rows[at - 1] };
    case 'Home':
      return { do: 'go', row: rows[0] };
    case 'End':
      return { do: 'go', row: rows.at(-1) };
    case 'ArrowRight':
      if (!hasChildren) return undefined;
      return isOpen ? { do: 'go', row: rows[at + 1] } : { do: 'unfold' };
    case 'ArrowLeft':
      return isOpen ? { do: 'fold' } : { do: 'go', row: row.parent };
    case 'Enter':
    case ' ':
      return { do: 'open' };
    default:
      return isLetter(key) ? { do: 'go', row: beginningWith(key, at, rows) } : undefined;
  }
}

/** The next row whose title begins with the letter, around the end. */
function beginningWith(letter: string, at: number, rows: readonly TreeRow[]): TreeRow | undefined {
  const around = [...rows.slice(at + 1), ...rows.slice(0, at)];
  return around.find(({ item }) => item.title.toLowerCase().startsWith(letter.toLowerCase()));
}
