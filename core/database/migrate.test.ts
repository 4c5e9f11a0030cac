import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { organisationTable } from '@task-connect/sdk/migration';
import { manualClock } from '../testing/clock.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { temporaryFolder, testPrefix, testServer } from '../testing/server.ts';
import { type FoundMigration, type Migrator, makeMigrator, readMigrations } from './migrate.ts';
import { makeProvisioner } from './provision.ts';

const server = await testServer();
const clock = manualClock('2026-11-25T10:00:00Z');
const root = temporaryFolder();
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

/** A database of its own, with a folder of migrations beside it. */
async function aDatabase() {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  const prefix = testPrefix();
  const provisioner = makeProvisioner({ server, secrets: memorySecrets(), prefix, installation: 'test' });
  const { names } = await provisioner.provision({ id: 'things' });
  const connect = () => provisioner.connectAsAdmin('things');
  const migratorOf = (migrations: readonly FoundMigration[]): Migrator =>
    makeMigrator({ connect, owner: names.owner, migrations, clock });
  async function ask<Row extends object>(sql: string): Promise<Row[]> {
    const client = await connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  return {
    folder,
    prefix,
    names,
    migratorOf,
    ask,
    write(name: string, text: string) {
      writeFileSync(join(folder, `${name}.ts`), text);
    },
    /** What lies in the folder now. */
    migrator: async () => migratorOf(await readMigrations(pathToFileURL(`${folder}/`))),
    tables: async () =>
      (
        await ask<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
      ).map(({ name }) => name),
  };
}
type Place = Awaited<ReturnType<typeof aDatabase>>;

const creating = (table: string, { phase = 'before', breaking = false, more = '' } = {}) => `
export const migration = {
  phase: '${phase}', breaking: ${breaking},
  async up(knex) { await knex.schema.createTable('${table}', (t) => { t.integer('id'); }); ${more} },
  async down(knex) { await knex.schema.dropTable('${table}'); },
};
`;

const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
});
async function startProcess(place: Place, env: Record<string, string> = {}) {
  const child = fork(fileURLToPath(new URL('./migrate.child.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      ...process.env,
      ...env,
      MIGRATE_PLACE: JSON.stringify({ admin: server.admin, prefix: place.prefix, folder: place.folder }),
    },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  await once(child, 'message');
  return child;
}

test('three processes that start at once apply each migration once', async () => {
  const place = await aDatabase();
  for (const [day, table] of ['one', 'two', 'three', 'four'].entries())
    place.write(
      `2026-11-0${day + 1}-create-${table}`,
      creating(table, { more: `await knex.raw('select pg_sleep(0.05)');` }),
    );
  const processes = await Promise.all([startProcess(place), startProcess(place), startProcess(place)]);
  const told = processes.map((child) => once(child, 'message') as Promise<[{ applied: string[] }]>);
  for (const child of processes) child.send('go');
  const applied = (await Promise.all(told)).map(([message]) => message.applied);
  assert.deepEqual(applied.map((names) => names.length).sort(), [0, 0, 4]);
  const rows = await place.ask<{ batch: number }>('select name, batch from tc.migration');
  assert.deepEqual(
    rows.map(({ batch }) => batch),
    [1, 1, 1, 1],
  );
});

test('a process that is killed in the middle of a migration leaves neither half of it nor a lock', async () => {
  const place = await aDatabase();
  place.write('2026-11-01-create-first', creating('first'));
  const slow = `await knex.raw('select pg_sleep(?)', [Number(process.env.MIGRATION_SLEEPS ?? 0)]);`;
  place.write('2026-11-02-create-slow', creating('slow', { more: slow }));
  place.write('2026-11-03-create-last', creating('last'));
  const child = await startProcess(place, { MIGRATION_SLEEPS: '600' });
  child.send('go');
  const sleeping = () =>
    place.ask(
      `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like 'select pg_sleep%'`,
    );
  while ((await sleeping()).length === 0) await pause(10);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const states = await (await place.migrator()).state();
  assert.deepEqual(
    states.map(({ appliedAt }) => appliedAt !== null),
    [true, false, false],
    'the state is told also while the lock is held',
  );
  assert.deepEqual(await (await place.migrator()).up('all'), ['2026-11-02-create-slow', '2026-11-03-create-last']);
  assert.deepEqual(await place.tables(), ['first', 'last', 'slow']);
  assert.deepEqual(
    await place.ask(
      `select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    ),
    [],
  );
});

test('a migration that fails takes back itself alone, and is applied when it is mended', async () => {
  const place = await aDatabase();
  place.write('2026-11-01-create-first', creating('first'));
  place.write('2026-11-02-create-broken', creating('broken', { more: `throw new Error('It fails.');` }));
  await assert.rejects((await place.migrator()).up('all'), /It fails/);
  assert.deepEqual(await place.tables(), ['first']);
  rmSync(join(place.folder, '2026-11-02-create-broken.ts'));
  place.write('2026-11-03-create-mended', creating('mended'));
  assert.deepEqual(await (await place.migrator()).up('all'), ['2026-11-03-create-mended']);
});

test('a migration that was changed after it was applied is refused, other line ends are no change', async () => {
  const place = await aDatabase();
  const name = '2026-11-01-create-first';
  place.write(name, creating('first'));
  await (await place.migrator()).up('all');
  place.write(name, readFileSync(join(place.folder, `${name}.ts`), 'utf8').replaceAll('\n', '\r\n'));
  assert.deepEqual(await (await place.migrator()).up('all'), []);
  place.write(name, creating('first', { more: '/* changed */' }));
  place.write('2026-11-02-create-second', creating('second'));
  const changed = await place.migrator();
  for (const work of [() => changed.up('all'), () => changed.down(), () => changed.dryRun('all')])
    await assert.rejects(work(), /create-first was changed after it was applied/);
  assert.deepEqual(await place.tables(), ['first']);
  assert.equal((await changed.state()).length, 2, 'what is there can still be looked at');
});

test('what a newer version changed stops an older one with a line when it is breaking, and only then', async () => {
  const place = await aDatabase();
  place.write('2026-11-01-create-first', creating('first'));
  const older = await place.migrator();
  place.write('2026-11-02-create-second', creating('second'));
  await (await place.migrator()).up('all');
  assert.deepEqual(await older.up('all'), []);
  await assert.rejects(older.down(), /create-second was applied by another version/);
  assert.deepEqual(await place.tables(), ['first', 'second']);

  place.write('2026-11-03-create-third', creating('third', { breaking: true }));
  await (await place.migrator()).up('all');
  await assert.rejects(older.up('all'), (error: Error) => {
    assert.equal(error.name, 'MigrationRefused');
    assert.match(error.message, /^The database was changed by a newer version \(2026-11-03-create-third\)[^\n]*$/);
    return true;
  });
});

test('what was applied together is taken back together, the last first', async () => {
  const place = await aDatabase();
  place.write('2026-11-01-create-first', creating('first'));
  await (await place.migrator()).up('all');
  place.write('2026-11-02-create-second', creating('second'));
  place.write('2026-11-03-create-third', creating('third'));
  const migrator = await place.migrator();
  await migrator.up('all');
  assert.deepEqual(
    (await migrator.state()).map(({ batch }) => batch),
    [1, 2, 2],
  );
  assert.deepEqual(await migrator.down(), ['2026-11-03-create-third', '2026-11-02-create-second']);
  assert.deepEqual(await place.tables(), ['first']);
  assert.deepEqual(await migrator.up('all'), ['2026-11-02-create-second', '2026-11-03-create-third']);
  assert.equal((await migrator.down()).length, 2);
  assert.deepEqual(await migrator.down(), ['2026-11-01-create-first']);
  assert.deepEqual(await migrator.down(), []);
  assert.deepEqual(await place.tables(), []);
});

test('a dry run shows the SQL, of later ones on earlier ones as well, and changes nothing', async () => {
  const place = await aDatabase();
  place.write('2026-11-01-create-first', creating('first'));
  place.write(
    '2026-11-02-add-name',
    `export const migration = { phase: 'before',
      async up(knex) { await knex.raw('alter table first add name text'); await knex('first').insert({ id: 1, name: 'x' }); },
      async down() {} };`,
  );
  const migrator = await place.migrator();
  const shown = await migrator.dryRun('all');
  assert.deepEqual(
    shown.map(({ name, sql }) => [name, sql]),
    [
      ['2026-11-01-create-first', ['create table "first" ("id" integer)']],
      [
        '2026-11-02-add-name',
        ['alter table first add name text', 'insert into "first" ("id", "name") values ($1, $2)'],
      ],
    ],
  );
  assert.deepEqual(await place.tables(), []);
  assert.ok((await migrator.state()).every(({ appliedAt }) => appliedAt === null));
});

test('the phase after is left until it is asked for', async () => {
  const place = await aDatabase();
  place.write('2026-11-01-create-first', creating('first'));
  place.write('2026-11-02-create-second', creating('second', { phase: 'after' }));
  place.write('2026-11-03-create-third', creating('third'));
  const migrator = await place.migrator();
  assert.deepEqual(await migrator.up('before'), ['2026-11-01-create-first', '2026-11-03-create-third']);
  assert.deepEqual(await migrator.up('before'), []);
  assert.deepEqual(await migrator.up('after'), ['2026-11-02-create-second']);
  assert.deepEqual(await migrator.down(), ['2026-11-02-create-second']);
});

test('a migration changes the rows of all organisations, although row-level security is forced on its role', async () => {
  const place = await aDatabase();
  const counts: number[] = [];
  const create: FoundMigration = {
    name: '2026-11-01-create-thing',
    checksum: 'a',
    migration: {
      phase: 'before',
      up: (knex) => organisationTable(knex, 'thing', (table) => void table.text('title').notNullable()),
      down: async (knex) => void (await knex.schema.dropTable('thing')),
    },
  };
  const change: FoundMigration = {
    name: '2026-11-02-change-thing',
    checksum: 'b',
    migration: {
      phase: 'before',
      async up(knex) {
        counts.push(await knex('thing').update({ title: 'changed' }));
        counts.push(await knex('thing').where('title', 'changed').delete());
      },
      async down() {},
    },
  };
  await place.migratorOf([create]).up('all');
  await place.ask(
    `set role "${place.names.owner}"; insert into thing (organisation_id, title) select uuidv7(), 'x' from generate_series(1, 7)`,
  );
  await place.migratorOf([create, change]).up('all');
  assert.deepEqual(counts, [7, 7]);
});

test('a file that is no migration is named', async () => {
  const place = await aDatabase();
  place.write('2026-11-01-empty', 'export const other = 1;');
  await assert.rejects(place.migrator(), /2026-11-01-empty\.ts exports no `migration`/);
});
