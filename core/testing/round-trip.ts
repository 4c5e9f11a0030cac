import { makeMigrator, readMigrations } from '../database/migrate.ts';
import { namesOf } from '../database/provision.ts';
import { schemaReport } from '../database/schema-report.ts';
import type { TestPlatform } from './platform.ts';

const tables = `select tablename as name from pg_tables where schemaname = 'public' order by 1`;
// What is not a part of an extension: tables, indexes, sequences, views and functions.
const things = `
select relname as name from pg_class c where relnamespace = 'public'::regnamespace
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
union all select proname from pg_proc p where pronamespace = 'public'::regnamespace
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

export type RoundTrip = {
  /** How many rows each table had before. */
  rows: Record<string, number>;
  migrations: string[];
  /** What was left when all migrations were taken back. */
  left: string[];
  /** The tables as they were before, and as they are after all were applied again. */
  before: string;
  after: string;
};

/** Takes all migrations of a plugin back, with the rows that there are, and applies them again; it is off meanwhile. */
export async function migrationRoundTrip(app: TestPlatform, plugin: string): Promise<RoundTrip> {
  const { kernel, provisioner, settings, clock } = app.platform;
  await kernel.disable(plugin);
  const migrator = makeMigrator({
    connect: () => provisioner.connectAsAdmin(plugin),
    owner: namesOf(settings.databasePrefix, plugin).owner,
    migrations: await readMigrations(kernel.plugin(plugin).plugin!.parts.migrations),
    clock,
  });
  // On a server where two versions may run side by side, the second phase of an upgrade is still to come.
  await migrator.up('all');
  const client = await provisioner.connectAsAdmin(plugin);
  try {
    const rows: Record<string, number> = {};
    for (const { name } of (await client.query<{ name: string }>(tables)).rows)
      rows[name] = (await client.query(`select count(*) from "${name}"`)).rows[0].count;
    const before = await schemaReport(client, plugin);
    for (let taken = await migrator.down(); taken.length > 0; ) taken = await migrator.down();
    const left = (await client.query<{ name: string }>(things)).rows.map(({ name }) => name);
    const migrations = await migrator.up('all');
    return { rows, migrations, left, before, after: await schemaReport(client, plugin) };
  } finally {
    await client.end();
    await kernel.enable(plugin);
  }
}
