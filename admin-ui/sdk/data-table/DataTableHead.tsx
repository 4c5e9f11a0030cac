import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../kit/Icon.tsx';
import { translator } from '../words/t.ts';
import type { Column, DataTableProps } from './DataTable.tsx';
import css from './data-table.module.css';

const t = translator('console');

type DataTableHeadProps<Row> = DataTableProps<Row> & { rows: readonly Row[]; menu: ReactNode };

/** The head; while rows are chosen it becomes the bar of what can be done with them, at the same height. */
export function DataTableHead<Row>(props: DataTableHeadProps<Row>) {
  const { columns, rows, rowKey, selection, actions, menu } = props;
  const chosen = selection?.keys.size ?? 0;
  const everyone = () => selection?.set(new Set(chosen >= rows.length ? [] : rows.map(rowKey)));
  return (
    <thead>
      <tr>
        {selection && (
          <th className={css.select}>
            <Checkbox
              aria-label={t('Choose all')}
              checked={chosen > 0 && chosen >= rows.length}
              indeterminate={chosen > 0 && chosen < rows.length}
              onChange={everyone}
            />
          </th>
        )}
        {selection && chosen > 0 ? (
          <th colSpan={columns.length + (actions || menu ? 1 : 0)}>
            <div className={css.bulk}>
              <b>{t('{n} chosen', { n: chosen })}</b>
              {selection.actions}
            </div>
          </th>
        ) : (
          columns.map((column) => <HeadCell key={column.key} {...props} column={column} />)
        )}
        {(actions || menu) && !(selection && chosen > 0) && (
          <th className={css.end}>
            {actions && <span className={css.hidden}>{t('Actions')}</span>}
            {menu}
          </th>
        )}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({ column, sort, onSort }: DataTableProps<Row> & { column: Column<Row> }) {
  const sorted = sort?.key === column.key;
  const turn = () => onSort?.({ key: column.key, descending: sorted ? !sort.descending : false });
  const order = sorted ? (sort.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th className={classesOf(column)} {...(order ? { 'aria-sort': order } : {})}>
      {column.sortable && onSort ? (
        <button type="button" onClick={turn}>
          {column.title}
          {sorted && <Icon name={sort.descending ? 'arrow-down' : 'arrow-up'} size={13} />}
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

type DataTableWidthsProps<Row> = DataTableProps<Row> & {
  menu: ReactNode;
  /** Measured ones by column, where rows come and go and the columns must not move with them. */
  widths: ReadonlyMap<string, number> | undefined;
};

/** The widths; apart from the head, because that gives way to the bulk bar and the columns must not move then. */
export function DataTableWidths<Row>({ columns, selection, actions, menu, widths }: DataTableWidthsProps<Row>) {
  return (
    <colgroup>
      {selection && <col className={css.select} />}
      {columns.map((column) => {
        const width = widths?.get(column.key) ?? column.width;
        return <col key={column.key} className={classesOf(column)} {...(width ? { style: { width } } : {})} />;
      })}
      {(actions || menu) && (
        <col
          {...(widths?.has('actions') ? { style: { width: widths.get('actions') } } : {})}
          {...(actions ? {} : { className: css.menuColumn })}
        />
      )}
    </colgroup>
  );
}

/** The classes of a column’s cells. */
export const classesOf = <Row,>(column: Column<Row>): string =>
  [column.align === 'end' && css.end, column.hideBelow && css[column.hideBelow]].filter(Boolean).join(' ');
