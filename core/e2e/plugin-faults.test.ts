import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { makeTestPlatform, manualClock, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

// What a plugin or its folder has wrong hurts that plugin alone.

const workshop = pluginWorkshop();
const clock = manualClock('2027-03-01T08:00:30Z');
let app: TestPlatform;
const migration = { 'migrations/2026-11-25-create-seen.ts': migrationText() };

/** What tests and their plugins tell one another; they are in one process. */
type Board = Record<string, { entered: PromiseWithResolvers<void>; goOn: PromiseWithResolvers<void> }>;
const board: Board = {};
(globalThis as { board?: Board }).board = board;
const put = (name: string) => {
  const signals = { entered: Promise.withResolvers<void>(), goOn: Promise.withResolvers<void>() };
  board[name] = signals;
  return signals;
};
const waitsAt = (name: string) =>
  `globalThis.board['${name}'].entered.resolve(); await globalThis.board['${name}'].goOn.promise;`;

const makes = (id: string) =>
  `async handle({ actor }, { publish }) { await publish('${id}.made', { key: actor.person }); return { ok: true }; }`;
const withHandler = (id: string, handle: string, options = {}) => pluginText(id, options).replace(makes(id), handle);
const keep = `await tx.knex('seen').insert({ organisation_id: actor.organisation, key: 'kept' });`;

before(async () => {
  workshop.write('alpha', { 'plugin.ts': pluginText('alpha'), ...migration });
  workshop.write('torn', { 'plugin.ts': pluginText('torn'), 'package.json': '{"name": "torn", ' });
  // Two folders, one id.
  workshop.write('impostor', { 'plugin.ts': pluginText('alpha').replaceAll("'/alpha'", "'/impostor'"), ...migration });
  app = await makeTestPlatform({ pluginFolders: [workshop.folder], clock, plugins: ['alpha'] });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const admin = () => app.as('administrator');
const member = () => app.as('member');
const enable = async (id: string) => (await admin().post(`/api/platform/plugins/${id}/enable`)).body;
const disable = (id: string) => admin().post(`/api/platform/plugins/${id}/disable`);
const listed = async (id: string) =>
  (await admin().get('/api/platform/plugins')).body.items.find((item: { id: string }) => item.id === id);
async function write(id: string, text: string) {
  workshop.write(id, { 'plugin.ts': text, ...migration });
  const view = await enable(id);
  assert.equal(view.state, 'on', view.reason);
}
const stored = async (id: string) => {
  const { rows } = await app.platform.provisioner.connectAsAdmin(id).then(async (client) => {
    const result = await client.query(
      'select (select count(*)::int from seen) as rows, (select count(*)::int from tc.outbox) as events',
    );
    await client.end();
    return result;
  });
  return rows[0];
};

test('a folder whose package.json cannot be read is shown with the reason, and comes when it is mended', async () => {
  const { state, reason } = await listed('torn');
  assert.equal(state, 'failed');
  assert.match(reason, /torn\/package\.json cannot be read/);
  assert.equal((await member().post('/api/alpha')).status, 200);
  assert.match((await enable('torn')).reason, /cannot be read/);
  workshop.write('torn', { 'plugin.ts': pluginText('torn'), ...migration });
  assert.equal((await listed('torn')).state, 'off');
  assert.equal((await enable('torn')).state, 'on');
});

test('of two plugins with one id the first is used, and the second is told which that is', async () => {
  const { state, reason } = await listed('impostor');
  assert.equal(state, 'failed');
  assert.match(reason, /Its id is alpha, which is that of .*plugins\/alpha/);
  assert.equal((await enable('impostor')).state, 'failed');
  assert.equal((await member().get('/api/impostor')).status, 404);
  assert.equal((await member().get('/api/alpha')).status, 200);
});

test('a folder is known by the id of its contract, whatever its name', async () => {
  workshop.write('some-folder', { 'plugin.ts': pluginText('named'), ...migration });
  assert.equal((await listed('named')).state, 'off');
  assert.equal(await listed('some-folder'), undefined);
  assert.equal((await enable('named')).state, 'on');
});

test('a request that is under way when its plugin is switched off is finished, and no other is let in', async () => {
  const { entered, goOn } = put('slow');
  await write(
    'slow',
    withHandler(
      'slow',
      `async handle({ actor }, { tx, publish }) { ${keep} ${waitsAt('slow')} await publish('slow.made', { key: 'k' }); return { ok: true }; }`,
    ),
  );
  const answer = member().post('/api/slow');
  await entered.promise;
  const switchedOff = disable('slow');
  while (app.platform.kernel.plugin('slow').state !== 'disabling') await new Promise((done) => setImmediate(done));
  assert.equal((await member().get('/api/slow')).status, 404);
  goOn.resolve();
  assert.deepEqual((await answer).body, { ok: true });
  assert.equal((await switchedOff).body.state, 'off');
  assert.equal((await stored('slow')).events, 0, 'its event is on its way');
  assert.equal((await enable('slow')).state, 'on');
  await app.settled();
  assert.equal((await stored('slow')).rows, 2);
});

const wrongEvents: [name: string, code: string][] = [
  ['awaited', `await publish('ID.made', { key: 7 });`],
  ['not awaited', `publish('ID.made', { key: 7 });`],
  ['caught', `await publish('ID.made', { key: 7 }).catch(() => {});`],
  ['of another type', `await publish('ID.unmade', { key: 'x' });`],
];
for (const [name, code] of wrongEvents) {
  test(`an event that is not as it was declared, ${name}, is a fault of the plugin, and nothing is stored`, async () => {
    const id = `wrong-${wrongEvents.findIndex(([each]) => each === name)}`;
    await write(
      id,
      withHandler(
        id,
        `async handle({ actor }, { tx, publish }) { ${keep} ${code.replace('ID', id)} return { ok: true }; }`,
      ),
    );
    const { status, body } = await member().post(`/api/${id}`);
    assert.equal(status, 500);
    assert.equal(body.errors, undefined, 'it is not the client’s to mend');
    assert.deepEqual(await stored(id), { rows: 0, events: 0 });
  });
}

test('what an attempt that failed has published is not published', async () => {
  await write(
    'tries',
    withHandler(
      'tries',
      `async handle({ actor }, { tx, publish }) {
        await tx.attempt(async () => { ${keep} await publish('tries.made', { key: 'undone' }); throw new Error('no'); }).catch(() => {});
        return { ok: true };
      }`,
    ),
  );
  assert.equal((await member().post('/api/tries')).status, 200);
  assert.deepEqual(await stored('tries'), { rows: 0, events: 0 });
});

test('a setting that a newer version refuses gives way to its default, the others stay', async () => {
  const settings = (schema: string) =>
    withHandler(
      'tuned',
      'async handle(_, { settings }) { return { ok: settings.limit === 3 && settings.name === "x" }; }',
      {
        contract: `settings: z.object({ ${schema} }),`,
      },
    );
  await write('tuned', settings(`limit: z.int().default(3), name: z.string().default('y')`));
  const save = (values: object) => admin().put('/api/platform/plugins/tuned/settings', { values });
  assert.equal((await save({ limit: 9, name: 'x' })).status, 200);
  assert.deepEqual((await member().post('/api/tuned')).body, { ok: false });
  const nul = await save({ limit: 1, name: 'a \u0000' });
  assert.equal(nul.status, 422);

  // The next start, of a newer version.
  workshop.write('tuned', {
    'plugin.ts': settings(`limit: z.int().max(5).default(3), name: z.string().default('y')`),
    ...migration,
  });
  await using next = await makeTestPlatform({ beside: app, settings: { port: 0 } });
  assert.equal(next.platform.kernel.plugin('tuned').state, 'on');
  assert.ok(next.platform.kernel.settings('tuned').name === 'x');
});

test('a plugin that needs a setting which nobody has given waits for it, with the reason', async () => {
  workshop.write('needy', {
    'plugin.ts': pluginText('needy', { contract: 'settings: z.object({ address: z.url() }),' }),
    ...migration,
  });
  assert.match((await enable('needy')).reason, /needs a value for address/);
  assert.equal(
    (await admin().put('/api/platform/plugins/needy/settings', { values: { address: 'https://example.test' } })).status,
    200,
  );
  assert.equal((await enable('needy')).state, 'on');
});

test('a queue of another plugin, and an extension that there is not, leave nothing of who asked for them', async () => {
  workshop.write('thief', {
    'plugin.ts': pluginText('thief', {
      contract: `handles: { 'thief.made': { version: 1, queue: 'alpha.alpha.made', data: z.object({ key: z.string() }) } },`,
    }).replace(/ {2}handles: \{ 'thief\.made': \{ version: 1, data[^\n]*\n/, ''),
    ...migration,
  });
  assert.match((await enable('thief')).reason, /queue alpha\.alpha\.made is that of alpha/);
  workshop.write('odd', {
    'plugin.ts': pluginText('odd', { contract: `database: { extensions: ['no_such_thing'] },` }),
    ...migration,
  });
  assert.match((await enable('odd')).reason, /no_such_thing/);
  for (const id of ['thief', 'odd']) {
    assert.equal(await app.platform.provisioner.size(id), null);
    assert.deepEqual(await app.platform.secrets.list(`databases/${id}`), []);
  }
  await member().post('/api/alpha');
  await app.settled();
  const [queue] = await app.platform.pools
    .database('platform')
    .query(
      statement<[], { plugin: string }>('test.queue', `select plugin from bus_queue where name = 'alpha.alpha.made'`),
      [],
    );
  assert.equal(queue?.plugin, 'alpha');
});

test('a job that took too long writes nothing more, when it comes to its end after all', async () => {
  const { entered, goOn } = put('late');
  const outcome = Promise.withResolvers<string>();
  Object.assign(globalThis, { lateOutcome: outcome });
  await write(
    'late',
    pluginText('late', {
      extra: `jobs: [it.job({
        name: 'slow', title: 'Slow', cron: '0 * * * *', late: 'skip', per: 'platform', timeoutSeconds: 60,
        async run(_, { unitOfWork }) {
          await unitOfWork(async ({ tx }) => { await tx.knex('seen').count('* as n'); ${waitsAt('late')} }).then(
            () => globalThis.lateOutcome.resolve('committed'), (error) => globalThis.lateOutcome.resolve(error.message));
        },
      })],`,
    }),
  );
  assert.equal((await admin().post('/api/platform/jobs/late/slow/run')).status, 202);
  await entered.promise;
  clock.advance({ minutes: 2 });
  await app.platform.runner.settle();
  const { items } = (await admin().get('/api/platform/jobs/late/slow/runs')).body;
  assert.deepEqual([items[0].state, items[0].byHand], ['failed', true]);
  goOn.resolve();
  assert.match(await outcome.promise, /longer than 60 s/);
});
