import type { Socket } from 'node:net';
import type { Statement } from '@task-connect/sdk';
import pg from 'pg';
import { type Tls, tlsOptions } from './tls.ts';

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
  tls?: Tls | undefined;
};

/** No statement of a unit of work is let run for longer; migrations and provisioning have their own. */
export const longestStatement = 120_000;

export type ConnectionConfig = pg.ClientConfig & { host: string; port: number; longest?: number | undefined };

type ConnectionOptions = { reach?: 'system' | undefined; name: string; longest?: number };

/** The configuration of a connection; `reach` is the default outside of a unit of work (none: no row of any table). */
export function connectionConfig(
  { tls, ...address }: Address,
  { reach, name, longest }: ConnectionOptions,
): ConnectionConfig {
  const settings = {
    timezone: 'UTC',
    ...(reach ? { 'tc.reach': reach } : {}),
    ...(longest ? { statement_timeout: String(longest) } : {}),
  };
  return {
    ...address,
    ...(tls ? { ssl: tlsOptions(tls, address.host) } : {}),
    application_name: name,
    options: Object.entries(settings)
      .map(([key, value]) => `-c ${key}=${value}`)
      .join(' '),
    types: types as pg.ClientConfig['types'],
    keepAlive: true,
    // Without it Linux asks after two hours whether the other end is still there.
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 5000,
    pipeline: true,
    longest: longest && longest + 30_000,
  };
}

type Internals = {
  connection: { stream: Socket };
  _activeQuery: unknown;
  _sentQueryQueue: readonly unknown[];
};
const internals = (client: pg.ClientBase) => client as unknown as Internals;

export const streamOf = (client: pg.ClientBase): Socket => internals(client).connection.stream;

/** Whether a statement was sent whose answer has not come. */
export const isAwaiting = (client: pg.ClientBase): boolean =>
  Boolean(internals(client)._activeQuery) || internals(client)._sentQueryQueue.length > 0;

/** Ends a connection without a word to the server, which may not hear it. */
export function cut(client: pg.ClientBase, reason: string): void {
  streamOf(client).destroy(Object.assign(new Error(reason), { code: 'ETIMEDOUT' }));
}

const farewellMilliseconds = 2000;

/** Ends a connection in good order, or without a word where the server does not answer to that. */
export async function farewell(client: pg.Client): Promise<void> {
  const timer = setTimeout(cut, farewellMilliseconds, client, 'The server did not answer to the farewell.');
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

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
