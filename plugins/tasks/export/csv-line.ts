import Papa from 'papaparse';

type Cell = string | number | null;

/**
 * Lines of a CSV. What a spreadsheet would take for a formula gets a mark in front, so that opening the file computes
 * nothing; our import takes the mark off again.
 */
export const csvLines = (rows: readonly Cell[][]): string =>
  rows.length === 0 ? '' : `${Papa.unparse(rows as unknown[][], { escapeFormulae: true, newline: '\r\n' })}\r\n`;

/** Tells spreadsheets that the file is in UTF-8. */
export const byteOrderMark = '\uFEFF';
