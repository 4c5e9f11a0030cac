import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

const workshop = pluginWorkshop();
const state = { mended: false };
(globalThis as { deadLetterState?: typeof state }).deadLetterState = state;
let app: TestPlatform;

/** A plugin that cannot read its own event until `mended`. */
const unreadable = (id: string) =>
  pluginText(id).replace(
    `handles: { '${id}.made': { version: 1, data: z.object({ key: z.string() }) } }`,
    `handles: { '${id}.made': { version: 1, data: z.object({ key: z.string().refine(() => globalThis.deadLetterState.mended) }) } }`,
  );
const perPlugin = 7;

before(async () => {
  for (const id of ['alpha', 'beta'])
    workshop.write(id, { 'plugin.ts': unreadable(id), 'migrations/2026-11-25-create-seen.ts': migrationText() });
  app = await makeTestPlatform({ pluginFolders: [workshop.folder], plugins: ['alpha', 'beta'] });
  for (let i = 0; i < perPlugin; i += 1)
    for (const id of ['alpha', 'beta']) assert.equal((await app.as('member').post(`/api/${id}`)).status, 200);
  await app.settled();
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const admin = () => app.as('administrator');
type Letter = { id: string; plugin: string; error: string; history: unknown[]; type: string };
type Page = { items: Letter[]; next: string | null; total?: number };
const page = async (query: string): Promise<Page> => (await admin().get(`/api/platform/dead-letters?${query}`)).body;

test('the letters of all plugins are paged through, each once, also where they did not die in the order of their ids', async () => {
  const database = await app.platform.provisioner.connectAsAdmin('alpha');
  await database.query(`update tc.dead_letter set died_at = died_at - id * interval '1 hour'`);
  await database.end();
  const seen: Letter[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { items, next, total } = await page(`limit=3&count=true${cursor && `&cursor=${cursor}`}`);
    assert.equal(total, perPlugin * 2);
    assert.ok(items.length > 0);
    seen.push(...items);
    cursor = next;
  }
  assert.equal(seen.length, perPlugin * 2);
  assert.equal(new Set(seen.map(({ id }) => id)).size, perPlugin * 2);
  for (const { plugin, type, error, history } of seen) {
    assert.equal(type, `${plugin}.made`);
    assert.match(error, /does not hold what note-it reads/);
    assert.equal(history.length, 1);
  }
  const ofBeta = await page('plugin=beta&count=true');
  assert.deepEqual([ofBeta.items.length, ofBeta.total, ofBeta.next], [perPlugin, perPlugin, null]);
  assert.equal((await page('limit=1')).total, undefined);
});

test('health says that they wait for a person', async () => {
  const { body } = await app.as('anonymous').get('/health');
  const part = body.parts.find(({ name }: { name: string }) => name === 'events');
  assert.equal(part.state, 'degraded');
  assert.match(part.detail, /alpha\.alpha\.made 7, beta\.beta\.made 7/);
});

test('one is replayed, then all, and what is mended is handled', async () => {
  state.mended = true;
  const [letter] = (await page('plugin=alpha')).items;
  const one = await admin().post(`/api/platform/dead-letters/${letter!.id}/replay`);
  assert.deepEqual([one.status, one.body], [200, { replayed: 1 }]);
  assert.equal((await admin().post(`/api/platform/dead-letters/${letter!.id}/replay`)).status, 404);
  await app.settled();
  assert.equal((await app.as('member').get('/api/alpha')).body.count, 1);
  const rest = await admin().post('/api/platform/dead-letters/replay', {});
  assert.deepEqual(rest.body, { replayed: perPlugin * 2 - 1 });
  await app.settled();
  for (const id of ['alpha', 'beta']) assert.equal((await app.as('member').get(`/api/${id}`)).body.count, perPlugin);
  assert.deepEqual((await page('count=true')).total, 0);
  const { body } = await admin().get('/api/platform/audit?count=true&limit=1&action=dead-letters.replayed');
  assert.deepEqual([body.total, body.items.length, body.items[0].after], [1, 1, { replayed: perPlugin * 2 - 1 }]);
});
