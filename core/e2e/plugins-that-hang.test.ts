import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeTestPlatform, manualClock, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

// A plugin that does not come back is given its time and is then left behind; everything else goes on.

const workshop = pluginWorkshop();
const migration = { 'migrations/2026-11-25-create-seen.ts': migrationText() };
/** What tests tell their plugins; they are in one process. */
const told: Record<string, boolean> = {};
(globalThis as { told?: typeof told }).told = told;
const hang = 'new Promise(() => undefined)';
const clock = manualClock('2027-03-01T08:00:30Z');
let app: TestPlatform;

before(async () => {
  app = await makeTestPlatform({
    pluginFolders: [workshop.folder],
    clock,
    patience: { startMilliseconds: 500, endMilliseconds: 200 },
  });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const change = async (verb: 'enable' | 'disable', id: string) => {
  const { body } = await app.as('administrator').post(`/api/platform/plugins/${id}/${verb}`);
  return body as { state: string; reason: string | null };
};
async function enable(id: string, text: string) {
  workshop.write(id, { 'plugin.ts': text, ...migration });
  return change('enable', id);
}
/** Connections of the server to the database of a plugin, without the one that asks. */
async function connections(id: string): Promise<number> {
  const client = await app.platform.provisioner.connectAsAdmin(id);
  const { rows } = await client.query(
    'select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
  return rows[0].count;
}
async function untilNoneIsLeft(id: string) {
  while ((await connections(id)) > 0);
}

for (const outside of [false, true]) {
  const id = outside ? 'stuck-outside' : 'stuck';
  test(`a handler that hangs (${id}) does not keep its plugin on, and its event is handled when it is on again`, async () => {
    told[id] = true;
    const entered = Promise.withResolvers<void>();
    Object.assign(globalThis, { entered });
    const text = pluginText(id).replace(
      'async handle({ data, organisation }, { tx }) {',
      `async handle({ data, organisation }, { tx }) { if (globalThis.told['${id}']) { globalThis.entered.resolve(); await ${hang}; }`,
    );
    const handler = outside
      ? text
          .replace('it.handler(', 'it.outsideHandler(')
          .replace('{ data, organisation }, { tx }', '{ data, organisation }, { unitOfWork }')
          .replace(
            /await tx\.knex\('seen'\)\.insert\((.*?)\);/,
            "await unitOfWork(({ tx }) => tx.knex('seen').insert($1));",
          )
      : text;
    assert.equal((await enable(id, handler)).state, 'on');
    assert.equal((await app.as('member').post(`/api/${id}`)).status, 200);
    await entered.promise;
    assert.equal((await change('disable', id)).state, 'off');
    await untilNoneIsLeft(id);
    told[id] = false;
    assert.equal((await change('enable', id)).state, 'on');
    clock.advance({ minutes: 2 }); // where it is held by a lease, that has to run out
    await app.settled();
    assert.deepEqual((await app.as('member').get(`/api/${id}`)).body, { count: 1 });
  });
}

test('one that does not come to its start is failed, and nothing of it is left', async () => {
  const text = pluginText('no-start', {
    extra: `starts: [it.start({ name: 'listener', start: ({ unitOfWork }) => unitOfWork(() => ${hang}) })],`,
  });
  const { state, reason } = await enable('no-start', text);
  assert.equal(state, 'failed');
  assert.equal(reason, 'listener did not start within 0.5 s.');
  assert.equal(await app.platform.provisioner.size('no-start'), null);
});

test('one whose module does not load is failed', async () => {
  const { state, reason } = await enable('no-module', pluginText('no-module', { before: `await ${hang};` }));
  assert.equal(state, 'failed');
  assert.match(reason!, /did not load within 0\.5 s/);
});

const ends = [
  ['does not end', `async [Symbol.asyncDispose]() { await ${hang}; }`],
  ['throws', `async [Symbol.asyncDispose]() { throw new Error('It does not end.'); }`],
  ['throws at once', `[Symbol.asyncDispose]() { throw new Error('It does not end.'); }`],
] as const;
for (const [name, disposer] of ends) {
  test(`one whose end ${name} is off all the same, and can be on again`, async () => {
    const id = `end-${name.replaceAll(' ', '-')}`;
    const text = pluginText(id, {
      extra: `starts: [it.start({ name: 'listener', async start() { return { ${disposer} }; } })],`,
    });
    assert.equal((await enable(id, text)).state, 'on');
    assert.equal((await change('disable', id)).state, 'off');
    assert.equal((await app.as('member').get(`/api/${id}`)).status, 404);
    assert.equal((await change('enable', id)).state, 'on');
  });
}
