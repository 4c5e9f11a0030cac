const startsFormula = /^[=+\-@\t\r＝＋－＠]/;
const isNumber = /^[+-]?\d+(?:[.,]\d+)*$/;

/**
 * One cell (RFC 4180). A spreadsheet would run a text that begins like a formula, and such a text may come from
 * anybody: it gets an apostrophe before it. Numbers stay numbers.
 */
export function csvCell(text: string): string {
  const safe = startsFormula.test(text) && !isNumber.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of cells as a file; the mark at its beginning tells spreadsheets that it is UTF-8. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
