import { Icon } from './Icon.tsx';
import css from './tree.module.css';
import type { TreeRow } from './tree-rows.ts';

type TreeLineProps = {
  row: TreeRow;
  isCurrent: boolean;
  isSelected: boolean;
  isUnfolded: boolean;
  onFocus(): void;
  onOpen(): void;
  onFold(): void;
};

/** One item of a tree. Lines are siblings that say their level; the tree itself listens for the keys. */
export function TreeLine({ row, isCurrent, isSelected, isUnfolded, onFocus, onOpen, onFold }: TreeLineProps) {
  const { item, level, place, siblings } = row;
  const folds = (item.children?.length ?? 0) > 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    <div
      role="treeitem"
      className={css.row}
      data-id={item.id}
      tabIndex={isCurrent ? 0 : -1}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={isSelected}
      {...(folds ? { 'aria-expanded': isUnfolded } : {})}
      style={{ paddingInlineStart: 8 + (level - 1) * 18 }}
      onFocus={onFocus}
      onClick={onOpen}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: arrows do it */}
      <span
        className={css.fold}
        data-unfolded={(folds && isUnfolded) || undefined}
        onClick={(event) => {
          if (!folds) return;
          event.stopPropagation();
          onFold();
        }}
      >
        {folds && <Icon name="chevron-right" size={14} />}
      </span>
      {item.icon && <Icon name={item.icon} size={15} />}
      <span className={css.title} dir="auto">
        {item.title}
      </span>
      {item.note !== undefined && <span className={css.note}>{item.note}</span>}
    </div>
  );
}
