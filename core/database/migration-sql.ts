import type pg from 'pg';
import { boundKnex } from './bound-knex.ts';
import type { FoundMigration } from './migrate.ts';

/**
 * The SQL of a migration, found without a database: it is run against one that answers nothing. One that reads rows to
 * decide what to do may do more than this says, and one that needs an answer has none to show; `migrate --dry-run` asks
 * the database itself.
 */
export async function sqlOf({ migration }: FoundMigration): Promise<string[] | null> {
  const sql: string[] = [];
  const nothing = { rows: [], rowCount: 0, fields: [], command: '', oid: 0 } as unknown as pg.QueryResult;
  const knex = boundKnex(async ({ text, values }) => {
    sql.push(filled(text, values));
    return nothing;
  });
  try {
    await migration.up(knex);
  } catch {
    return null;
  }
  return sql;
}

/** With values in their places, as they read in SQL. */
const filled = (text: string, values: readonly unknown[] = []): string =>
  text.trim().replace(/\$(\d+)\b/g, (place, number: string) => {
    const index = Number(number) - 1;
    return index < values.length ? literal(values[index]) : place;
  });

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `'${String(typeof value === 'object' ? JSON.stringify(value) : value).replaceAll("'", "''")}'`;
}
