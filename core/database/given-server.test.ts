import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { machineClock } from '../testing/clock.ts';
import { quietLog } from '../testing/databases.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { testPrefix, testServer } from '../testing/server.ts';
import { makeGivenProvisioner } from './given-server.ts';
import { MigrationRefused, readMigrations } from './migrate.ts';
import { knownInstallationId, makeProvisioner } from './provision.ts';
import { isWaiting, untilThere } from './waiting.ts';

const server = await testServer();

/** A process that makes databases, and one that takes them as they are. */
function aPair() {
  const secrets = memorySecrets();
  const prefix = testPrefix();
  const maker = makeProvisioner({ server, secrets, prefix, installation: 'test' });
  return { secrets, prefix, maker, taker: makeGivenProvisioner({ secrets, prefix }) };
}

const waitsFor = (reason: RegExp) => (error: Error) => isWaiting(error) && reason.test(error.message);

/** Folders that end in a slash, with a migration each. */
function migrationsIn(folder: string, file: string, text: string): URL {
  writeFileSync(join(folder, file), text);
  return pathToFileURL(`${folder}/`);
}

const creates = (table: string, breaking = false) =>
  `export const migration = { phase: 'before', breaking: ${breaking}, up: (k) => k.raw('create table ${table} (id int)'), down: (k) => k.raw('drop table ${table}') };`;

test('a database that another process has still to make is waited for, with the reason, and then used', async () => {
  const { secrets, maker, taker } = aPair();
  await assert.rejects(taker.provision({ id: 'things' }), waitsFor(/no secret databases\/things yet.*TC_DATABASE_URL/));
  assert.equal(await taker.size('things'), null);
  const there = untilThere(() => taker.provision({ id: 'things' }), { log: quietLog });
  await maker.provision({ id: 'things' });
  assert.equal((await there).isNew, false);
  assert.ok((await taker.size('things'))! > 0);

  const { value } = (await secrets.read('databases/things'))!;
  await secrets.write('databases/things', { ...value, password: 'wrong' });
  await assert.rejects(taker.provision({ id: 'things' }), waitsFor(/refuses the login/));
  await secrets.write('databases/things', { ...value, database: 'nowhere' });
  await assert.rejects(taker.provision({ id: 'things' }), waitsFor(/no database nowhere yet/));
});

test('migrations that are to come are waited for and not applied; those that do not fit are refused', async () => {
  const folder = mkdtempSync('/tmp/tc-given-');
  try {
    const { maker, taker } = aPair();
    await maker.provision({ id: 'things' });
    const found = await readMigrations(migrationsIn(folder, '2026-11-25-create-thing.ts', creates('thing')));
    await assert.rejects(
      taker.migrator('things', found, machineClock).up('before'),
      waitsFor(/lacks 2026-11-25-create-thing/),
    );
    assert.deepEqual(await maker.migrator('things', found, machineClock).up('before'), ['2026-11-25-create-thing']);
    assert.deepEqual(await taker.migrator('things', found, machineClock).up('before'), []);
    const [state] = await taker.migrator('things', found, machineClock).state();
    assert.match(state!.appliedAt!, /^\d{4}-/);
    const changed = found.map((each) => ({ ...each, checksum: 'another' }));
    await assert.rejects(taker.migrator('things', changed, machineClock).up('before'), MigrationRefused);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('it makes, changes and removes nothing', async () => {
  const { maker, taker } = aPair();
  const { isNew } = await maker.provision({ id: 'things' });
  assert.ok(isNew);
  assert.deepEqual(await taker.takeBack(['things']), []);
  await assert.rejects(taker.rotate('things'), /may not give a login another password: it has no TC_DATABASE_URL/);
  await assert.rejects(taker.connectAsAdmin('things'), /may not act as the owner/);
  assert.ok((await maker.size('things'))! > 0);
  assert.deepEqual(await maker.takeBack(['things']), ['things']);
});

test('the id of the installation is waited for where another process makes it', async () => {
  const secrets = memorySecrets();
  await assert.rejects(knownInstallationId(secrets), waitsFor(/services\/installation/));
  await secrets.write('services/installation', { id: 'abc' });
  assert.equal(await knownInstallationId(secrets), 'abc');
});
