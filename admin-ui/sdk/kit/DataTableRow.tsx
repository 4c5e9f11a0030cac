import { Checkbox } from '@mantine/core';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Link } from '../route/Link.tsx';
import { navigate } from '../route/location.ts';
import { translator } from '../words/t.ts';
import type { DataTableProps } from './DataTable.tsx';
import { classesOf } from './DataTableHead.tsx';
import css from './data-table.module.css';

const t = translator('console');

type DataTableRowProps<Row> = DataTableProps<Row> & { row: Row; first: boolean };

export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { row, columns, rowKey, to, onOpen, mark, keys, actions, selection } = props;
  const key = rowKey(row);
  const chosen = selection?.keys.has(key) ?? false;
  const moves = Boolean(to || onOpen || selection || keys);
  const choose = () => {
    const keys = new Set(selection?.keys);
    if (!keys.delete(key)) keys.add(key);
    selection?.set(keys);
  };
  const open = () => (to ? navigate(to(row)) : onOpen?.(row));
  // The row is a large target; what stands in it and does something of its own goes before.
  const click = (event: MouseEvent<HTMLTableRowElement>) => {
    if (!(event.target as Element).closest('a, button, input, label, [role=menu], [role=listbox]')) open();
  };
  const press = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return;
    const own = keys?.[event.key];
    const does = { Enter: open, x: selection && choose }[event.key] ?? (own && (() => own.run(row)));
    if (!does || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };
  const opening = (content: ReactNode) => {
    if (to) return <Link to={to(row)}>{content}</Link>;
    if (!onOpen) return content;
    return (
      <button type="button" className={css.open} tabIndex={-1} onClick={open}>
        {content}
      </button>
    );
  };
  const marked = mark?.(row);
  return (
    <tr
      className={to || onOpen ? `${css.row} ${css.opens}` : css.row}
      onClick={to || onOpen ? click : undefined}
      data-chosen={chosen || undefined}
      data-open={marked === 'open' || undefined}
      data-running={marked === 'running' || undefined}
      {...(moves ? { tabIndex: 0, onKeyDown: press } : {})}
    >
      {selection && (
        <td className={css.select}>
          <Checkbox tabIndex={-1} aria-label={t('Choose')} checked={chosen} onChange={choose} />
        </td>
      )}
      {columns.map((column, index) => (
        <td key={column.key} className={`${classesOf(column)} ${index === 0 ? css.main : ''}`}>
          {index === 0 ? opening(column.cell(row)) : column.cell(row)}
        </td>
      ))}
      {actions && (
        <td className={css.end}>
          <span className={css.actions}>{actions(row)}</span>
        </td>
      )}
    </tr>
  );
}
