import { cellText } from './cell-text.ts';
import { csvText } from './csv.ts';
import type { Column } from './DataTable.tsx';

/** The rows of a table as a file, in the order of its columns. */
export const csvOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  csvText([
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map((column) => column.text?.(row) ?? cellText(column.cell(row)))),
  ]);

/** Gives the person a file to keep. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: `${name}.csv` });
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
