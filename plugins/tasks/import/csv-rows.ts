import Papa from 'papaparse';

/** One record of a file under the names of its header; `row` is its number in a spreadsheet, the header being 1. */
export type CsvRow = { row: number; cells: Record<string, string> };
export type RowFault = { row: number; detail: string; skipped: boolean };

export type CsvFile = { header: string[]; rows: CsvRow[]; faults: RowFault[] };

const sentences: Record<string, string> = {
  MissingQuotes: 'A quotation mark is opened and never closed; the rest of the file stood inside it.',
  InvalidQuotes: 'A quotation mark stands inside a cell; write it twice.',
};

/** Reads a file divided by commas, semicolons or tabs. Names of columns are lower case. */
export function csvRows(text: string): CsvFile {
  const { data, errors } = Papa.parse<string[]>(text, { delimitersToGuess: [',', ';', '\t', '|'] });
  const broken = new Map(
    errors.flatMap(({ row, code }) => (row !== undefined && sentences[code] ? [[row, code]] : [])),
  );
  const first = data.findIndex((cells) => cells.some((cell) => cell.trim() !== ''));
  const header = (data[first] ?? []).map((name) => name.trim().toLowerCase());
  const rows: CsvRow[] = [];
  const faults: RowFault[] = [];
  for (const [index, cells] of data.entries()) {
    if (index <= first || cells.every((cell) => cell.trim() === '')) continue;
    const row = index + 1;
    const fault = broken.get(index);
    if (fault) faults.push({ row, detail: sentences[fault]!, skipped: true });
    else if (cells.length > header.length && cells.slice(header.length).some((cell) => cell.trim() !== ''))
      faults.push({ row, detail: 'It has more cells than the header; is a comma not within quotes?', skipped: true });
    else rows.push({ row, cells: Object.fromEntries(header.map((name, column) => [name, cells[column] ?? ''])) });
  }
  return { header, rows, faults };
}
