import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

const workshop = pluginWorkshop();
let app: TestPlatform;

before(async () => {
  workshop.write('round', {
    'plugin.ts': pluginText('round', {
      extra: `jobs: [it.job({
        name: 'visit', title: 'Visit', cron: '0 0 1 1 *', late: 'skip', per: 'organisation',
        run: (_, { unitOfWork }) => unitOfWork(async ({ tx, actor }) => {
          await tx.knex('seen').insert({ organisation_id: actor.organisation, key: 'visited' });
          if (actor.organisation === globalThis.faultyOrganisation) throw new Error('This one has a fault.');
        }),
      })],`,
    }),
    'migrations/2026-11-25-create-seen.ts': migrationText(),
  });
  app = await makeTestPlatform({ pluginFolders: [workshop.folder], plugins: ['round'] });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

test('a job that runs in each organisation and fails in one runs in all others, and says so', async () => {
  const organisations = await app.platform.identity.organisations();
  assert.ok(organisations.length > 3);
  (globalThis as { faultyOrganisation?: string }).faultyOrganisation = organisations[0];
  const admin = app.as('administrator');
  assert.equal((await admin.post('/api/platform/jobs/round/visit/run')).status, 202);
  await app.settled();
  const { items } = (await admin.get('/api/platform/jobs/round/visit/runs')).body;
  assert.equal(items.length, 1);
  assert.equal(items[0].state, 'failed');
  assert.equal(items[0].error, `It failed in 1 of ${organisations.length} organisations: This one has a fault.`);
  const database = await app.platform.provisioner.connectAsAdmin('round');
  const { rows } = await database.query('select organisation_id as id from seen');
  await database.end();
  assert.deepEqual(rows.map((row) => row.id).sort(), organisations.slice(1).sort());
});
