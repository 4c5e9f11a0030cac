import type { ReactNode } from 'react';
import { SkeletonRows } from '../kit/SkeletonRows.tsx';
import { LoadedTable } from './LoadedTable.tsx';

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
  /** Not shown until the person asks for it in the columns menu. */
  hidden?: true;
  /** What a file says in its place, where that is not the text of the cell. */
  text?(row: Row): string;
};

export type Sort = { key: string; descending: boolean };

export type Selection = {
  keys: ReadonlySet<string>;
  set(keys: ReadonlySet<string>): void;
  /** What can be done with the chosen ones; it takes the head’s place. */
  actions: ReactNode;
};

export type Csv<Row> = {
  /** The file’s name, without `.csv`. */
  file: string;
  /** Reads all rows, those too that the table has not read yet. Without it the file has what is shown. */
  rows?(): Promise<readonly Row[]>;
};

export type DataTableProps<Row> = {
  /** What the table lists, for those who hear it. */
  label: string;
  /** With a name there is a menu of columns, and what is chosen there stays with the person. */
  name?: string;
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
  /** The table as a file. */
  csv?: Csv<Row>;
  /** Instead of rows when there are none. */
  empty?: ReactNode;
  /** Reads the next page; it is called by itself when the end comes into sight. */
  more?: (() => void) | undefined;
  /** How many there are in all, said at the end. */
  total?: number | undefined;
  /** A table inside a section, whose head already has the ink rule. */
  quiet?: boolean;
};

/**
 * A table: lines between rows, numbers at the end, arrows or J and K move, Enter opens, X chooses, Shift with arrows
 * chooses on. From a hundred rows on only those in sight are drawn.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, empty } = props;
  if (rows === undefined) return <SkeletonRows rows={6} height="var(--table-row)" />;
  if (rows.length === 0 && empty) return empty;
  return <LoadedTable {...props} rows={rows} />;
}
