import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { manualClock } from '../testing/clock.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { adminWorkshop, whims } from './admin-plugin.ts';

const workshop = adminWorkshop('alpha');
const clock = manualClock('2027-03-01T08:00:30Z');
let app: TestPlatform;

before(async () => {
  app = await makeTestPlatform({ pluginFolders: [workshop.folder], plugins: ['alpha'], clock });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const admin = () => app.as('administrator');
const make = async (key: string) => {
  const { status } = await app.as('member').post('/api/alpha', { key });
  assert.equal(status, 200);
};
/** Through all eight tries. */
async function exhaust() {
  for (let i = 0; i < 9; i += 1) {
    await app.settled();
    clock.advance({ minutes: 11 });
  }
  await app.settled();
}
const letters = async (query = '') => (await admin().get(`/api/platform/dead-letters?count=true${query}`)).body;
const way = async (id: string) => (await admin().get(`/api/platform/events/${id}`)).body;
const audited = async (action: string) => (await admin().get(`/api/platform/audit?action=${action}`)).body.items;

test('the map shows who publishes, the queue and each handler, with rates, and what waits while the plugin is off', async () => {
  for (let i = 0; i < 5; i += 1) await make('plain');
  await app.settled();
  const { body } = await admin().get('/api/platform/events/map');
  assert.deepEqual(
    body.publishes.find(({ type }: { type: string }) => type === 'alpha.made'),
    { plugin: 'alpha', type: 'alpha.made', perMinute: 1 },
  );
  const queue = body.queues.find((each: { queue: string }) => each.queue === 'alpha-queue');
  assert.deepEqual(queue, {
    ...{ queue: 'alpha-queue', plugin: 'alpha', types: ['alpha.made'] },
    ...{ waiting: 0, oldestSeconds: null, dead: 0, perMinute: 2 },
  });
  const handlers = body.handlers.filter(({ plugin }: { plugin: string }) => plugin === 'alpha');
  assert.deepEqual(
    handlers.map(({ handler, perMinute }: { handler: string; perMinute: number }) => [handler, perMinute]),
    [
      ['note-it', 1],
      ['count-it', 1],
    ],
  );
  assert.equal((await admin().post('/api/platform/plugins/alpha/disable')).body.state, 'off');
  const off = (await admin().get('/api/platform/events/map')).body;
  assert.equal(off.plugins.find(({ id }: { id: string }) => id === 'alpha').on, false);
  assert.equal((await admin().post('/api/platform/plugins/alpha/enable')).body.state, 'on');
});

test('the whole way of an event is told: by whom, each handler, each failed try, and how it ended', async () => {
  whims.broken = true;
  await make('blunt');
  await app.settled();
  clock.advance({ seconds: 10 });
  await app.settled();
  const database = app.platform.pools.database('alpha');
  const [{ id }] = (await database.query(
    { name: 'test.last', text: 'select event_id as id from tc.departure order by event_id desc limit 1' },
    [],
  )) as [{ id: string }];
  const trying = await way(id);
  assert.equal(trying.type, 'alpha.made');
  assert.equal(trying.publishedBy, 'alpha');
  assert.deepEqual(trying.actor, { id: app.as('member').person, name: 'member' });
  assert.match(trying.traceId, /^[0-9a-f]{32}$/);
  assert.ok(trying.leftAt);
  assert.deepEqual(trying.data, { key: 'blunt', apiToken: '[hidden]' });
  const step = (of: { steps: { handler: string }[] }, handler: string) =>
    of.steps.find((each) => each.handler === handler) as never as Record<string, unknown>;
  assert.equal(step(trying, 'note-it').state, 'retrying');
  assert.equal((step(trying, 'note-it').attempts as unknown[]).length, 2);
  assert.ok(step(trying, 'note-it').nextAt);
  assert.deepEqual([step(trying, 'count-it').state, step(trying, 'count-it').attempts], ['done', []]);

  whims.broken = false;
  clock.advance({ minutes: 11 });
  await app.settled();
  const done = await way(id);
  assert.equal(step(done, 'note-it').state, 'done');
  assert.equal((step(done, 'note-it').attempts as unknown[]).length, 2);
  assert.doesNotMatch(JSON.stringify(done), /sesame/);
  assert.equal(done.data, null);
  const unknown = await admin().get('/api/platform/events/0198a000-0000-7000-8000-000000000000');
  assert.equal(unknown.status, 404);
  assert.equal((await admin().get('/api/platform/events/nonsense')).status, 422);
});

test('dead letters are found by queue, with their data but no secret, and chosen ones are replayed once', async () => {
  whims.broken = true;
  for (const key of ['one', 'two', 'three']) await make(key);
  await exhaust();
  const page = await letters('&queue=alpha-queue');
  assert.equal(page.total, 3);
  assert.equal((await letters('&queue=another')).total, 0);
  for (const { data, error, handler, attempts } of page.items) {
    assert.deepEqual([data.apiToken, handler, attempts], ['[hidden]', 'note-it', 8]);
    assert.match(error, /The pencil is blunt: https:\/\/\[hidden\]@pencils/);
  }
  const [first, second] = page.items;
  const deadWay = await way(first.eventId);
  assert.equal(deadWay.steps.find((each: { handler: string }) => each.handler === 'note-it').letterId, first.id);

  whims.broken = false;
  const ids = [first.id, second.id];
  assert.deepEqual((await admin().post('/api/platform/dead-letters/replay', { ids })).body, { replayed: 2 });
  assert.deepEqual((await admin().post('/api/platform/dead-letters/replay', { ids })).body, { replayed: 0 });
  await app.settled();
  assert.equal((await letters()).total, 1);
  const told = await audited('dead-letter.replayed');
  assert.equal(told.length, 1);
  assert.equal(told[0].after.count, 2);
  assert.equal((await way(first.eventId)).steps[0].attempts.length, 8);
});

test('a letter of a plugin that is off is shown, and discarded only with a reason, which its way tells', async () => {
  await admin().post('/api/platform/plugins/alpha/disable');
  const { items } = await letters();
  assert.equal(items.length, 1);
  const ids = [items[0].id];
  assert.equal((await admin().post('/api/platform/dead-letters/discard', { ids })).status, 422);
  assert.equal((await admin().post('/api/platform/dead-letters/discard', { ids, reason: ' ' })).status, 422);
  const reason = 'The thing was made again by hand.';
  assert.deepEqual((await admin().post('/api/platform/dead-letters/discard', { ids, reason })).body, { discarded: 1 });
  assert.deepEqual((await admin().post('/api/platform/dead-letters/discard', { ids, reason })).body, { discarded: 0 });
  assert.equal((await letters()).total, 0);
  const step = (await way(items[0].eventId)).steps.find((each: { handler: string }) => each.handler === 'note-it');
  assert.deepEqual([step.state, step.discardedBecause, step.attempts.length], ['discarded', reason, 8]);
  const told = await audited('dead-letter.discarded');
  assert.deepEqual([told.length, told[0].after.reason, told[0].before.letters[0].id], [1, reason, ids[0]]);
  await admin().post('/api/platform/plugins/alpha/enable');
});

test('all of a queue is replayed', async () => {
  whims.broken = true;
  for (const key of ['four', 'five']) await make(key);
  await exhaust();
  assert.equal((await letters()).total, 2);
  whims.broken = false;
  const other = await admin().post('/api/platform/dead-letters/replay', { queue: 'another' });
  assert.deepEqual(other.body, { replayed: 0 });
  const all = await admin().post('/api/platform/dead-letters/replay', { queue: 'alpha-queue' });
  assert.deepEqual(all.body, { replayed: 2 });
  await app.settled();
  assert.equal((await letters()).total, 0);
});

test('nobody but an administrator sees or touches any of it', async () => {
  const asked = [
    ['get', '/api/platform/events/map'],
    ['get', '/api/platform/events/0198a000-0000-7000-8000-000000000000'],
    ['get', '/api/platform/dead-letters'],
    ['post', '/api/platform/dead-letters/replay', {}],
    ['post', '/api/platform/dead-letters/discard', { ids: ['alpha-1'], reason: 'because' }],
    ['get', '/api/platform/plugins/alpha/log'],
    ['get', '/api/platform/plugins/alpha/migrations'],
    ['get', '/api/platform/plugins/alpha/history'],
    ['post', '/api/platform/jobs/alpha/sweep/pause'],
    ['get', '/api/platform/one-offs'],
    ['get', '/api/platform/one-offs/dead'],
  ] as const;
  for (const [method, path, body] of asked) {
    for (const role of ['owner', 'guest'] as const) {
      const { status } = method === 'get' ? await app.as(role).get(path) : await app.as(role).post(path, body);
      assert.equal(status, 403, `${role} ${path}`);
    }
    const nobody = app.as('anonymous');
    assert.equal((method === 'get' ? await nobody.get(path) : await nobody.post(path, body)).status, 401, path);
  }
});
