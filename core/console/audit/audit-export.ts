import type { AuditFilter, AuditLog, AuditRow } from './audit-table.ts';

// The log as a file, written while it is read: a year of it does not fit into memory.

export type ExportFormat = 'csv' | 'jsonl';

const columns = [
  'id',
  'at',
  'actor',
  'actorName',
  'action',
  'plugin',
  'subject',
  'organisation',
  'before',
  'after',
  'address',
  'requestId',
] as const;

const atOnce = 500;

/** A cell of a CSV (RFC 4180). What a spreadsheet would take for a formula is made text by an apostrophe. */
export function csvCell(value: unknown): string {
  const plain =
    value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const lineOf: Record<ExportFormat, (row: AuditRow) => string> = {
  csv: (row) => `${columns.map((column) => csvCell(row[column])).join(',')}\r\n`,
  jsonl: (row) => `${JSON.stringify(row)}\n`,
};

/** Spreadsheets read UTF-8 only when a file says so. */
const headOf: Record<ExportFormat, string> = { csv: `\ufeff${columns.join(',')}\r\n`, jsonl: '' };

/** All lines that match, the newest first. */
export async function* auditExport(
  audit: Pick<AuditLog, 'list'>,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (headOf[format]) yield headOf[format];
  for (let before: number | undefined; ; ) {
    const rows = await audit.list({ ...filter, ...(before !== undefined && { before }), limit: atOnce });
    if (rows.length > 0) yield rows.map(lineOf[format]).join('');
    if (rows.length < atOnce) return;
    before = rows.at(-1)!.id;
  }
}
