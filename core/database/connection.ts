import type { Statement } from '@task-connect/sdk';
import pg from 'pg';

// How a connection of pg is set up and used everywhere: types as text that JSON and Temporal take, UTC, pipelining.

const oid = { int8: 20, timestamptz: 1184, timestamp: 1114, date: 1082, textArray: 1009 } as const;

/** `2026-11-25 10:00:00.5+00` → `2026-11-25T10:00:00.5Z`: by position, since every hot row has two of them. */
function instantText(value: string): string {
  return value.endsWith('+00') ? `${value.slice(0, 10)}T${value.slice(11, -3)}Z` : value;
}

/** `{home,work}`, where nothing is quoted, as nearly always; the rest is pg’s. */
function textArray(value: string): unknown {
  if (value === '{}') return [];
  if (/["\\{]|NULL/.test(value.slice(1)))
    return pg.types.getTypeParser(oid.textArray as Parameters<typeof pg.types.getTypeParser>[0], 'text')(value);
  return value.slice(1, -1).split(',');
}

const parsers = new Map<number, (value: string) => unknown>([
  [oid.int8, Number],
  [oid.timestamptz, instantText],
  [oid.timestamp, (value) => value.replace(' ', 'T')],
  [oid.date, (value) => value],
  [oid.textArray, textArray],
]);

const types = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    return (format !== 'binary' && parsers.get(id)) || pg.types.getTypeParser(id, format as 'text');
  },
};

export type Address = {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  ssl?: { ca?: string; rejectUnauthorized?: boolean };
};

/** The configuration of a connection; `reach` is the default outside of a unit of work (none: no row of any table). */
export const connectionConfig = (address: Address, options: { reach?: 'system'; name: string }) => ({
  ...address,
  application_name: options.name,
  options: `-c timezone=UTC${options.reach ? ` -c tc.reach=${options.reach}` : ''}`,
  types: types as pg.ClientConfig['types'],
  keepAlive: true,
  connectionTimeoutMillis: 10_000,
  pipeline: true,
});

type Querying = Pick<pg.ClientBase, 'query'>;

/** Runs a named statement by pg's callback form: its promise form captures a second stack for each query. */
export function runStatement<Values extends readonly unknown[], Row>(
  client: Querying,
  statement: Statement<Values, Row>,
  values: Values,
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    client.query(
      { name: statement.name, text: statement.text, values: values as unknown as unknown[] },
      (error: Error | null, result: pg.QueryResult) => (error ? reject(error) : resolve(result.rows as Row[])),
    );
  });
}
