import type { Statement } from '@task-connect/sdk';
import type { PoolClient } from 'pg';
import { runStatement } from './connection.ts';
import { isConnectionLost } from './connection-lost.ts';
import { whileHolding } from './nesting.ts';

// A core part's own door to one database, with reach `system`. Plugins never get it: they have the unit of work.

export type Queries = {
  query<Values extends readonly unknown[], Row>(statement: Statement<Values, Row>, values: Values): Promise<Row[]>;
};

export type Database = Queries & {
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** Tells all processes that listen; outside of any transaction, since inside it takes a lock of the whole cluster. */
  notify(channel: string, payload: string): Promise<void>;
  /** Hears them, also after the connection was lost; `lost` and `regained` say when it was not. */
  listen(channel: string, heard: (payload: string) => void, connection?: ListenerEvents): Promise<AsyncDisposable>;
};

export type ListenerEvents = { lost?: () => void; regained?: () => void };

export type DatabaseNeeds = {
  /** Connections with `tc.reach` system. */
  connect: () => Promise<PoolClient>;
  listen: (channel: string, heard: (payload: string) => void, events?: ListenerEvents) => Promise<AsyncDisposable>;
  /** Tells by the connection that listens; false where there is none. */
  tell: (channel: string, payload: string) => Promise<boolean>;
};

export const notifyStatement: Statement<[channel: string, payload: string], unknown> = {
  name: 'tc.notify',
  text: 'select pg_notify($1, $2)',
};

export function makeDatabase({ connect, listen, tell }: DatabaseNeeds): Database {
  async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await connect();
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      broken = isConnectionLost(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }
  const query: Queries['query'] = (statement, values) =>
    withClient((client) => runStatement(client, statement, values));
  return {
    query,
    listen,
    async notify(channel, payload) {
      if (!(await tell(channel, payload))) await query(notifyStatement, [channel, payload]);
    },
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('begin');
        try {
          const queries: Queries = { query: (statement, values) => runStatement(client, statement, values) };
          const result = await whileHolding(() => work(queries));
          const { command } = await client.query('commit');
          // COMMIT of an aborted transaction answers ROLLBACK and no error.
          if (command !== 'COMMIT')
            throw new Error('The transaction was rolled back although its work reported no error.');
          return result;
        } catch (error) {
          await client.query('rollback').catch(() => undefined);
          throw error;
        }
      }),
  };
}

export { isConnectionLost };
