import { Button } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { translator } from '../words/t.ts';
import { DataTableHead, DataTableWidths } from './DataTableHead.tsx';
import { DataTableKeys } from './DataTableKeys.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import css from './data-table.module.css';
import { SkeletonRows } from './SkeletonRows.tsx';

const t = translator('console');

export type Column<Row> = {
  key: string;
  title: string;
  cell(row: Row): ReactNode;
  /** Numbers stand at the end. */
  align?: 'end';
  width?: number;
  /** Left out where there is no room: on a telephone, or below a desk’s width. */
  hideBelow?: 'tablet' | 'desk';
  sortable?: boolean;
};

export type Sort = { key: string; descending: boolean };

export type Selection = {
  keys: ReadonlySet<string>;
  set(keys: ReadonlySet<string>): void;
  /** What can be done with the chosen ones; it takes the head’s place. */
  actions: ReactNode;
};

export type DataTableProps<Row> = {
  /** What the table lists, for those who hear it. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while the first page is on its way. */
  rows: readonly Row[] | undefined;
  rowKey(row: Row): string;
  /** The first column opens the row: a path, or something done. */
  to?(row: Row): string;
  onOpen?(row: Row): void;
  /** What stands out: the open row, the one that runs. */
  mark?(row: Row): 'open' | 'running' | undefined;
  /** Keys of the row that has the focus, besides Enter and X. */
  keys?: Readonly<Record<string, { title: string; run(row: Row): void }>>;
  /** Buttons at a row’s end. */
  actions?(row: Row): ReactNode;
  sort?: Sort;
  onSort?(sort: Sort): void;
  selection?: Selection;
  /** Instead of rows when there are none. */
  empty?: ReactNode;
  /** Reads the next page. */
  more?: (() => void) | undefined;
  /** How many there are in all, said at the end. */
  total?: number | undefined;
  /** A table inside a section, whose head already has the ink rule. */
  quiet?: boolean;
};

/** A table: lines between rows, numbers at the end, arrows or J and K move, Enter opens, X chooses. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, empty, more, total, selection } = props;
  if (rows === undefined) return <SkeletonRows rows={6} height="var(--table-row)" />;
  if (rows.length === 0 && empty) return empty;
  return (
    <div className={selection || props.onOpen ? css.bleed : undefined}>
      <DataTableKeys {...props} />
      <div className={css.scroll}>
        <table className={props.quiet ? `${css.table} ${css.quiet}` : css.table} aria-label={props.label}>
          <DataTableWidths {...props} />
          <DataTableHead {...props} rows={rows} />
          <tbody onKeyDown={moveFocus}>
            {rows.map((row, index) => (
              <DataTableRow key={props.rowKey(row)} {...props} row={row} first={index === 0} />
            ))}
          </tbody>
        </table>
      </div>
      {(more || total !== undefined) && (
        <div className={css.foot}>
          {more && <Button onClick={more}>{t('Show more')}</Button>}
          {total !== undefined && (
            <span>
              {t('{shown} of {total}', { shown: rows.length.toLocaleString(), total: total.toLocaleString() })}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const row = (event.target as HTMLElement).closest('tr');
  if (step === undefined || row !== event.target) return;
  const next = step === 1 ? row.nextElementSibling : row.previousElementSibling;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
