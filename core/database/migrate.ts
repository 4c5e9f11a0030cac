import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Clock } from '@task-connect/sdk';
import type { Migration, Phase } from '@task-connect/sdk/migration';
import pg from 'pg';
import { boundKnex } from './bound-knex.ts';
import { farewell } from './connection.ts';
import { type AppliedMigration, MigrationRefused, pendingOf, refuseWhatDoesNotFit, statesOf } from './migration-fit.ts';

// Migrations of one database. They promise: applied once however many processes start, each in its own transaction,
// nothing left locked by a process that was killed, and refused when an applied one was changed afterwards.

export type FoundMigration = { name: string; checksum: string; migration: Migration };
export type MigrationState = {
  name: string;
  phase: Phase;
  breaking: boolean;
  appliedAt: string | null;
  batch: number | null;
};

export { MigrationRefused };

/** Reads `2026-11-25-create-task.ts` and its neighbours; sorted, since their names begin with a date. */
export async function readMigrations(folder: URL | undefined): Promise<FoundMigration[]> {
  if (!folder) return [];
  const files = (await readdir(folder)).filter((file) => /^\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.[jt]s$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const url = new URL(file, folder);
      const { migration } = (await import(url.href)) as { migration?: Migration };
      if (!migration) throw new MigrationRefused(`${file} exports no \`migration\`.`);
      // Line ends are no change.
      const text = (await readFile(url, 'utf8')).replaceAll('\r\n', '\n');
      return {
        name: file.replace(/\.[jt]s$/, ''),
        checksum: createHash('sha256').update(text).digest('hex'),
        migration,
      };
    }),
  );
}

export type Migrator = {
  /** What is applied and what is to come; waits for nobody, and refuses nothing. */
  state(): Promise<MigrationState[]>;
  /** Applies what is missing of a phase; the names of what it applied. */
  up(phase: Phase | 'all'): Promise<string[]>;
  /** Takes the last batch back. */
  down(): Promise<string[]>;
  /** The SQL that `up` would run; nothing is kept. */
  dryRun(phase: Phase | 'all'): Promise<{ name: string; sql: string[] }[]>;
};

export function makeMigrator(needs: {
  connect: () => Promise<pg.Client>;
  owner: string;
  migrations: readonly FoundMigration[];
  clock: Clock;
}): Migrator {
  async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = await needs.connect();
    try {
      await client.query(`set role ${pg.escapeIdentifier(needs.owner)}`);
      return await work(client);
    } finally {
      await farewell(client);
    }
  }

  const appliedNow = async (client: pg.Client) =>
    (await client.query<AppliedMigration>('select * from tc.migration order by name')).rows;

  const withLock = <T>(work: (client: pg.Client, applied: AppliedMigration[]) => Promise<T>): Promise<T> =>
    asOwner(async (client) => {
      // A server that is not ours asks seldom or never whether a client is still there, and works on for a killed one.
      await client.query(`set client_connection_check_interval = '2s'`);
      // Of the session, not of a transaction, since each migration has its own; it goes when the connection does.
      await client.query(`select pg_advisory_lock(hashtextextended('task-connect migrate', 0))`);
      // Who waits for a table stands in the way of all who come after: rather fail and be tried again.
      await client.query(`set lock_timeout = '10s'`);
      await client.query(`set statement_timeout = '15min'`);
      const applied = await appliedNow(client);
      refuseWhatDoesNotFit(needs.migrations, applied);
      return work(client, applied);
    });

  async function inTransaction(client: pg.Client, work: () => Promise<void>, end: 'commit' | 'rollback' = 'commit') {
    await client.query('begin');
    try {
      await work();
      await client.query(end);
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw tooSlow(error) ?? error;
    }
  }

  return {
    state: () => asOwner(async (client) => statesOf(needs.migrations, await appliedNow(client))),

    up: (phase) =>
      withLock(async (client, applied) => {
        const batch = Math.max(0, ...applied.map((row) => row.batch)) + 1;
        const todo = pendingOf(needs.migrations, applied, phase);
        for (const { name, checksum, migration } of todo) {
          await inTransaction(client, async () => {
            await migration.up(boundKnex((config) => client.query(config)));
            await client.query('insert into tc.migration values ($1, $2, $3, $4, $5, $6)', [
              name,
              checksum,
              batch,
              migration.phase,
              migration.breaking ?? false,
              needs.clock.now().toString(),
            ]);
          });
        }
        return todo.map((found) => found.name);
      }),

    down: () =>
      withLock(async (client, applied) => {
        const last = Math.max(0, ...applied.map((row) => row.batch));
        const known = new Map(needs.migrations.map((found) => [found.name, found.migration]));
        const names = applied
          .filter((row) => row.batch === last)
          .map((row) => row.name)
          .reverse();
        const foreign = names.find((name) => !known.has(name));
        if (foreign)
          throw new MigrationRefused(`${foreign} was applied by another version; only that one can take it back.`);
        for (const name of names) {
          await inTransaction(client, async () => {
            await known.get(name)!.down(boundKnex((config) => client.query(config)));
            await client.query('delete from tc.migration where name = $1', [name]);
          });
        }
        return names;
      }),

    dryRun: (phase) =>
      withLock(async (client, applied) => {
        const result: { name: string; sql: string[] }[] = [];
        // Later ones may build on earlier ones, so all run in one transaction that is thrown away.
        await inTransaction(
          client,
          async () => {
            for (const { name, migration } of pendingOf(needs.migrations, applied, phase)) {
              const sql: string[] = [];
              await migration.up(
                boundKnex((config) => {
                  sql.push(config.text);
                  return client.query(config);
                }),
              );
              result.push({ name, sql });
            }
          },
          'rollback',
        );
        return result;
      }),
  };
}

/** What the two limits mean, in a sentence; undefined for other errors. */
function tooSlow(error: unknown): Error | undefined {
  const { code } = error as { code?: string };
  if (code === '55P03')
    return new MigrationRefused(
      'The migration waited 10 s for a table that others use, and was given up with nothing changed. Try again when less is going on.',
    );
  if (code === '57014')
    return new MigrationRefused(
      'A statement of the migration took longer than 15 minutes and was ended, with nothing changed.',
    );
  return undefined;
}
