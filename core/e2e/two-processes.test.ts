import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { makeClient, makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

// Two platforms that share server, databases, secrets and people, as two processes of one installation do.

const workshop = pluginWorkshop();
let one: TestPlatform;
let other: TestPlatform;
const migration = { 'migrations/2026-11-25-create-seen.ts': migrationText() };

before(async () => {
  workshop.write('alpha', {
    'plugin.ts': pluginText('alpha', { contract: 'settings: z.object({ limit: z.int().min(1).default(5) }),' }).replace(
      "async handle({ actor }, { publish }) { await publish('alpha.made', { key: actor.person }); return { ok: true }; }",
      `async handle({ actor }, { publish, live, settings }) {
        await publish('alpha.made', { key: actor.person });
        await live({ type: 'alpha-made', data: { limit: settings.limit } });
        return { ok: settings.limit === 5 };
      }`,
    ),
    ...migration,
  });
  // It fails where the environment of the process is not as it needs it.
  workshop.write('picky', {
    'plugin.ts': pluginText('picky', {
      extra: `starts: [it.start({ name: 'x', async start({ publicUrl }) {
        if (publicUrl === 'http://other.test' && !globalThis.pickyIsContent) throw new Error('It does not like this process.');
        return { async [Symbol.asyncDispose]() {} };
      } })],`,
    }),
    ...migration,
  });
  one = await makeTestPlatform({ pluginFolders: [workshop.folder] });
  other = await makeTestPlatform({ beside: one, settings: { publicUrl: 'http://other.test' } });
});
after(async () => {
  await other[Symbol.asyncDispose]();
  await one[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

/** Looks until it is so. It should be within a second; a machine that is busy is given more. */
async function soon(what: () => Promise<boolean>): Promise<void> {
  for (const until = performance.now() + 8_000; performance.now() < until; ) {
    if (await what()) return;
    await pause(20);
  }
  assert.fail(`It did not come to this within 8 s: ${what}`);
}

const enable = async (app: TestPlatform, id: string) =>
  (await app.as('administrator').post(`/api/platform/plugins/${id}/enable`)).body;
const disable = async (app: TestPlatform, id: string) =>
  (await app.as('administrator').post(`/api/platform/plugins/${id}/disable`)).body;
const statusOf = async (app: TestPlatform, id: string) => (await app.as('member').get(`/api/${id}`)).status;
const stateIn = (app: TestPlatform, id: string) => app.platform.kernel.plugin(id).state;

test('what is switched on and off in one is so in the other', async () => {
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const) {
    assert.equal(await statusOf(there, 'alpha'), 404);
    assert.equal((await enable(here, 'alpha')).state, 'on');
    await soon(async () => (await statusOf(there, 'alpha')) === 200);
    assert.equal((await there.as('member').post('/api/alpha')).status, 200);
    assert.equal((await disable(here, 'alpha')).state, 'off');
    await soon(async () => (await statusOf(there, 'alpha')) === 404);
    assert.equal(there.platform.kernel.plugin('alpha').wanted, false);
  }
});

test('a plugin that comes while both run is found by both', async () => {
  workshop.write('later', { 'plugin.ts': pluginText('later'), ...migration });
  assert.equal((await enable(one, 'later')).state, 'on');
  await soon(async () => (await statusOf(other, 'later')) === 200);
});

test('settings that are saved in one hold in the other', async () => {
  await enable(one, 'alpha');
  await soon(async () => (await statusOf(other, 'alpha')) === 200);
  assert.deepEqual((await other.as('member').post('/api/alpha')).body, { ok: true });
  const save = (app: TestPlatform, limit: number) =>
    app.as('administrator').put('/api/platform/plugins/alpha/settings', { values: { limit } });
  assert.equal((await save(one, 6)).status, 200);
  assert.deepEqual((await one.as('member').post('/api/alpha')).body, { ok: false }, 'at once where it was saved');
  await soon(async () => (await other.as('member').post('/api/alpha')).body.ok === false);
  assert.equal((await save(other, 5)).status, 200);
  await soon(async () => (await one.as('member').post('/api/alpha')).body.ok === true);
});

test('a hint of one is heard by who listens at the other', async () => {
  const { token } = other.as('manager');
  const stop = new AbortController();
  const stream = await fetch(`${other.url}/api/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  assert.equal(stream.status, 200);
  const heard = stream.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  let text = String((await heard.next()).value);
  assert.equal((await one.as('member').post('/api/alpha')).status, 200);
  while (!text.includes('alpha-made')) text += String((await heard.next()).value);
  assert.match(text, /"type":"alpha-made","plugin":"alpha","data":\{"limit":5\}/);
  stop.abort();
});

test('events of one are handled once, in whichever', async () => {
  const settled = async () => {
    for (const app of [one, other, one, other]) await app.settled();
  };
  await settled();
  const before = (await one.as('member').get('/api/alpha')).body.count;
  for (let i = 0; i < 10; i += 1) await (i % 2 ? one : other).as('member').post('/api/alpha');
  await settled();
  assert.equal((await one.as('member').get('/api/alpha')).body.count, before + 10);
});

test('a plugin that fails in one process is failed there alone, and a second order reaches it there', async () => {
  assert.equal((await enable(one, 'picky')).state, 'on');
  await soon(async () => stateIn(other, 'picky') === 'failed');
  assert.match(other.platform.kernel.plugin('picky').reason!, /does not like this process/);
  assert.equal(await statusOf(one, 'picky'), 200);
  assert.equal(await statusOf(other, 'picky'), 404);
  assert.equal((await one.as('member').post('/api/picky')).status, 200, 'its database is not taken back');

  (globalThis as { pickyIsContent?: boolean }).pickyIsContent = true;
  assert.equal((await enable(one, 'picky')).state, 'on');
  await soon(async () => stateIn(other, 'picky') === 'on');
  assert.equal((await disable(other, 'picky')).state, 'off');
  await soon(async () => stateIn(one, 'picky') === 'off');
});

test('one that is failed here is off when it is switched off there', async () => {
  (globalThis as { pickyIsContent?: boolean }).pickyIsContent = false;
  assert.equal((await enable(one, 'picky')).state, 'on');
  await soon(async () => stateIn(other, 'picky') === 'failed');
  await disable(one, 'picky');
  await soon(async () => stateIn(other, 'picky') === 'off');
});

test('a database that is away for a moment is no failure for good', async () => {
  await disable(one, 'alpha');
  await soon(async () => stateIn(other, 'alpha') === 'off');
  const admin = await one.platform.provisioner.connectAsAdmin('platform');
  const database = `"${one.platform.settings.databasePrefix}alpha"`;
  await admin.query(`alter database ${database} allow_connections false`);
  try {
    // Both want it now, and neither can.
    await one.platform.pools.database('platform').query(
      {
        name: 'test.want',
        text: "update plugin_state set wanted = true, generation = generation + 1 where id = 'alpha'",
      },
      [],
    );
    await soon(async () => stateIn(one, 'alpha') === 'failed' && stateIn(other, 'alpha') === 'failed');
  } finally {
    await admin.query(`alter database ${database} allow_connections true`);
    await admin.end();
  }
  await soon(async () => (await statusOf(one, 'alpha')) === 200 && (await statusOf(other, 'alpha')) === 200);
});

test('a personal token that is revoked in one is refused in the other', async () => {
  const there = await other.person('member', 'brief');
  assert.equal((await there.get('/api/me')).status, 200);
  const { items } = (await there.get('/api/me/tokens')).body;
  assert.equal(items.length, 1);
  const here = makeClient(one.url, there);
  assert.equal((await here.delete(`/api/me/tokens/${items[0].id}`)).status, 204);
  // Each hears of it by a notification of the database, the one that wrote it as well.
  await soon(async () => (await here.get('/api/me')).status === 401);
  await soon(async () => (await there.get('/api/me')).status === 401);
});
