import { Checkbox } from '@mantine/core';
import { type MouseEvent, type ReactNode, useId } from 'react';
import { Link } from '../route/Link.tsx';
import { translator } from '../words/t.ts';
import type { DataTableProps } from './DataTable.tsx';
import { classesOf } from './DataTableHead.tsx';
import css from './data-table.module.css';
import type { RowKeys } from './use-row-keys.ts';

const t = translator('console');

type DataTableRowProps<Row> = DataTableProps<Row> & {
  row: Row;
  index: number;
  /** The one row that Tab goes to. */
  isActive: boolean;
  keysOf: RowKeys;
  measure: ((element: HTMLTableRowElement | null) => void) | undefined;
  menu: ReactNode;
};

export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { row, index, columns, rowKey, to, onOpen, mark, actions, selection, keysOf, menu } = props;
  const id = useId();
  const chosen = selection?.keys.has(rowKey(row)) ?? false;
  // The row is a large target; what stands in it and does something of its own goes before.
  const click = (event: MouseEvent<HTMLTableRowElement>) => {
    if (!(event.target as Element).closest('a, button, input, label, [role=menu], [role=listbox]')) keysOf.open(index);
  };
  const opening = (content: ReactNode) => {
    if (to)
      return (
        <Link to={to(row)} tabIndex={-1}>
          {content}
        </Link>
      );
    if (!onOpen) return content;
    return (
      <button type="button" className={css.open} tabIndex={-1} onClick={() => keysOf.open(index)}>
        {content}
      </button>
    );
  };
  const marked = mark?.(row);
  return (
    <tr
      ref={props.measure}
      className={to || onOpen ? `${css.row} ${css.opens}` : css.row}
      onClick={to || onOpen ? click : undefined}
      data-index={index}
      data-chosen={chosen || undefined}
      data-open={marked === 'open' || undefined}
      data-running={marked === 'running' || undefined}
      {...(props.measure || props.more ? { 'aria-rowindex': index + 2 } : {})}
      {...(keysOf.moves
        ? {
            tabIndex: props.isActive ? 0 : -1,
            onFocus: (event) => event.target === event.currentTarget && keysOf.focused(index),
          }
        : {})}
    >
      {selection && (
        <td className={css.select}>
          <Checkbox
            id={`${id}-box`}
            tabIndex={-1}
            aria-label={t('Choose')}
            aria-labelledby={`${id}-box ${id}-main`}
            checked={chosen}
            onChange={(event) =>
              keysOf.choose(index, (event.nativeEvent as unknown as { shiftKey?: boolean }).shiftKey === true)
            }
          />
        </td>
      )}
      {columns.map((column, place) => (
        <td
          key={column.key}
          {...(place === 0 ? { id: `${id}-main` } : {})}
          className={`${classesOf(column)} ${place === 0 ? css.main : ''}`}
        >
          {place === 0 ? opening(column.cell(row)) : column.cell(row)}
        </td>
      ))}
      {(actions || menu) && (
        <td className={css.end}>{actions && <span className={css.actions}>{actions(row)}</span>}</td>
      )}
    </tr>
  );
}
