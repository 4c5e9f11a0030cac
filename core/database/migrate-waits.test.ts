import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineClock } from '../testing/clock.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { testPrefix, testServer } from '../testing/server.ts';
import { MigrationRefused } from './migrate.ts';
import { makeProvisioner } from './provision.ts';

test('a migration that waits for a table that somebody holds is given up with the reason, and goes through later', {
  timeout: 60_000,
}, async () => {
  const provisioner = makeProvisioner({
    server: await testServer(),
    secrets: memorySecrets(),
    prefix: testPrefix(),
    installation: 'test',
  });
  const { names } = await provisioner.provision({ id: 'things' });
  const holder = await provisioner.connectAsAdmin('things');
  await holder.query(`set role "${names.owner}"; create table thing (id int)`);
  await holder.query('begin; lock table thing in access share mode');
  const add = {
    name: '2026-11-25-add-name',
    checksum: 'x',
    migration: {
      phase: 'before' as const,
      up: async (knex: { raw(sql: string): PromiseLike<unknown> }) =>
        void (await knex.raw('alter table thing add name text')),
      down: async () => undefined,
    },
  };
  const migrator = provisioner.migrator('things', [add as never], machineClock);
  await assert.rejects(migrator.up('before'), (error: Error) => {
    assert.ok(error instanceof MigrationRefused);
    assert.match(error.message, /waited 10 s for a table that others use/);
    return true;
  });
  assert.equal((await migrator.state())[0]!.appliedAt, null);
  await holder.query('commit');
  assert.deepEqual(await migrator.up('before'), ['2026-11-25-add-name']);
  await holder.end();
});
