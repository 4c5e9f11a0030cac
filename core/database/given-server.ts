import type { Phase } from '@task-connect/sdk/migration';
import pg from 'pg';
import type { SecretStore } from '../secrets/secrets.ts';
import { addressOf } from './address.ts';
import { bookkeepingSteps } from './bookkeeping.ts';
import { type Address, connectionConfig, farewell } from './connection.ts';
import type { FoundMigration, Migrator } from './migrate.ts';
import { type AppliedMigration, pendingOf, refuseWhatDoesNotFit, statesOf } from './migration-fit.ts';
import { namesOf, type Provisioner } from './provision.ts';
import { type GivenServer, ServerUnavailable } from './server.ts';
import { NotThereYet } from './waiting.ts';

// A process without the administrator's connection: it takes databases as their secrets say and never makes or changes
// one. It promises an error that says what it waits for (`isWaiting`) while the process that may make them has not.

/** No server of its own: each secret says where its database is. */
export const givenServer = (): GivenServer => ({ kind: 'given', stop: async () => undefined });

const who = 'the process that has TC_DATABASE_URL';

export function makeGivenProvisioner(needs: { secrets: SecretStore; prefix: string }): Provisioner {
  const { secrets, prefix } = needs;

  async function withClient<T>(id: string, work: (client: pg.Client, address: Address) => Promise<T>): Promise<T> {
    const address = await addressOf(secrets, id);
    if (!address)
      throw new NotThereYet(
        `There is no secret databases/${id} yet: ${who} makes the database of ${id} and writes it.`,
      );
    const client = new pg.Client(connectionConfig(address, { name: 'task-connect check' }));
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client, address);
    } catch (error) {
      throw waitedFor(error, id, address) ?? error;
    } finally {
      await farewell(client);
    }
  }

  /** What the kernel keeps there; it waits for what this version needs. */
  const checkBookkeeping = (id: string) =>
    withClient(id, async (client) => {
      const { rows } = await client.query<{ steps: number }>('select steps from tc.version');
      if ((rows[0]?.steps ?? 0) < bookkeepingSteps.length)
        throw new NotThereYet(`The database of ${id} is of an older version: ${who} brings it up to date.`);
    });

  const appliedNow = (id: string) =>
    withClient(
      id,
      async (client) => (await client.query<AppliedMigration>('select * from tc.migration order by name')).rows,
    );

  function refuse(what: string): never {
    throw new ServerUnavailable(`This process may not ${what}: it has no TC_DATABASE_URL. Run it with ${who}.`);
  }

  const migrator = (id: string, migrations: readonly FoundMigration[]): Migrator => ({
    state: async () => statesOf(migrations, await appliedNow(id)),
    async up(phase: Phase | 'all') {
      const applied = await appliedNow(id);
      refuseWhatDoesNotFit(migrations, applied);
      const pending = pendingOf(migrations, applied, phase);
      if (pending.length > 0) {
        const names = pending.map(({ name }) => name).join(', ');
        throw new NotThereYet(
          `The database of ${id} lacks ${names}: ${who} applies it when it starts with this version.`,
        );
      }
      return [];
    },
    down: async () => refuse('take migrations back'),
    dryRun: async () => refuse('try migrations'),
  });

  return {
    async provision({ id }) {
      await checkBookkeeping(id);
      return { names: namesOf(prefix, id), isNew: false };
    },
    migrator,
    rotate: async () => refuse('give a login another password'),
    connectAsAdmin: async () => refuse('act as the owner of a database'),
    hold: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
    keep: async () => undefined,
    takeBack: async () => [],
    size: async (id) => {
      if (!(await secrets.read(`databases/${id}`))) return null;
      return withClient(id, async (client) => {
        const { rows } = await client.query('select pg_database_size(current_database())::bigint as size');
        return rows[0].size;
      });
    },
  };
}

/** Errors of PostgreSQL that pass once the other process has done its part. */
function waitedFor(error: unknown, id: string, { host, port, database, user }: Address): Error | undefined {
  const code = (error as { code?: string }).code ?? '';
  const at = `${host}:${port}`;
  if (code === '3D000') return new NotThereYet(`PostgreSQL at ${at} has no database ${database} yet: ${who} makes it.`);
  if (code === '28P01' || code === '28000')
    return new NotThereYet(
      `PostgreSQL at ${at} refuses the login ${user} of the secret databases/${id}: ${who} makes it anew when it starts.`,
    );
  // No table, no schema, no right to either, or no right to connect: not set up to its end.
  if (['42P01', '3F000', '42501', '55000'].includes(code))
    return new NotThereYet(`The database ${database} at ${at} is not set up yet: ${who} does that.`);
  return undefined;
}
