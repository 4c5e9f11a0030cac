import { createRequire } from 'node:module';
import knexPackage, { type Knex } from 'knex';
import type pg from 'pg';

// A knex whose every statement goes to one given connection: builders and Objection inside a unit of work or a
// migration. Knex's own pool and transactions are not used (they cost three times as much, docs/performance.md).

const { knex } = knexPackage;
const PostgresClient = createRequire(import.meta.url)('knex/lib/dialects/postgres/index.js') as new (
  config: Knex.Config,
) => Knex.Client;

export type Runner = (config: { text: string; values: unknown[] }) => Promise<pg.QueryResult>;

type Query = { sql: string; bindings?: unknown[]; response?: pg.QueryResult };

class BoundClient extends PostgresClient {
  // `run` is set after construction, because knex makes the instance.
  declare run: Runner;

  override acquireConnection(): Promise<unknown> {
    return Promise.resolve({ __knexUid: 'bound' });
  }

  override releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  _query(_connection: unknown, query: Query): Promise<Query> {
    if (!query.sql) throw new Error('The statement is empty.');
    return this.run({ text: query.sql, values: query.bindings ?? [] }).then((response) => {
      query.response = response;
      return query;
    });
  }

  override transaction(): never {
    throw new Error('There is one transaction already. For a part that may fail use tx.attempt().');
  }
}

/** Cheap enough to make one for each transaction that asks for it. */
export function boundKnex(run: Runner): Knex {
  const bound = knex({ client: BoundClient as unknown as typeof Knex.Client });
  (bound.client as unknown as BoundClient).run = run;
  return bound;
}
