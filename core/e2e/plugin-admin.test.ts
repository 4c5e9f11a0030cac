import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { manualClock } from '../testing/clock.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { adminWorkshop, whims } from './admin-plugin.ts';

const workshop = adminWorkshop('beta');
const clock = manualClock('2027-03-01T08:00:30Z');
let app: TestPlatform;

before(async () => {
  app = await makeTestPlatform({ pluginFolders: [workshop.folder], clock });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const admin = () => app.as('administrator');
const plugin = '/api/platform/plugins/beta';
const detail = async () => (await admin().get(plugin)).body;
const audited = async (action: string) => (await admin().get(`/api/platform/audit?action=${action}`)).body.items;

test('what enabling does is told before it is done, with the SQL that would run', async () => {
  await admin().get('/api/platform/plugins');
  const before = await detail();
  assert.equal(before.database, null);
  assert.match(before.consequences.join(' '), /gets a database of its own\. One migration runs/);
  assert.match(before.consequences.join(' '), /One route of the API is there.* One job begins\./);
  const { items } = (await admin().get(`${plugin}/migrations`)).body;
  assert.deepEqual(
    items.map(({ name, appliedAt }: { name: string; appliedAt: unknown }) => [name, appliedAt]),
    [['2026-11-25-create-seen', null]],
  );
  assert.match(items[0].sql.join('\n'), /create table "seen"/);
  assert.equal((await detail()).database, null);

  assert.equal((await admin().post(`${plugin}/enable`)).body.state, 'on');
  const on = await detail();
  assert.ok(on.database.sizeBytes > 0);
  assert.ok(on.migrations[0].appliedAt);
  assert.match(on.consequences.join(' '), /waits in its queues until it is on again.* One job pauses\./);
  assert.deepEqual(on.publishes[0].handledBy, ['beta']);
  assert.deepEqual(on.handles[0].publishedBy, ['beta']);
});

test('the row of audit stands with the order: where it cannot be written, nothing is ordered', async () => {
  const [enabled] = await audited('plugin.enabled');
  assert.deepEqual([enabled.before, enabled.after], [{ state: 'off' }, { state: 'on' }]);
  const refuse = async () => {
    throw new Error('The book of audit is full.');
  };
  await assert.rejects(app.platform.kernel.disable('beta', refuse), /book of audit is full/);
  assert.equal((await detail()).state, 'on');
  assert.equal((await admin().post(`${plugin}/disable`)).body.state, 'off');
  assert.equal((await audited('plugin.disabled')).length, 1);
  assert.equal((await admin().post(`${plugin}/enable`)).body.state, 'on');
});

test('its days are told: off before it was there, and how long it was off today', async () => {
  await admin().post(`${plugin}/disable`);
  clock.advance({ minutes: 9 });
  await admin().post(`${plugin}/enable`);
  const { days } = (await admin().get(`${plugin}/history`)).body;
  assert.equal(days.length, 30);
  const today = days.at(-1);
  assert.deepEqual([today.day, today.state], ['2027-03-01', 'degraded']);
  assert.ok(today.offSeconds >= 540);
  assert.equal(days[0].state, 'off');
  clock.advance({ hours: 24 });
  const later = (await admin().get(`${plugin}/history`)).body.days;
  assert.deepEqual([later.at(-1).state, later.at(-1).offSeconds], ['ok', 0]);
});

test('its last lines are told by level, without a secret', async () => {
  whims.broken = false;
  await app.as('member').post('/api/beta', { key: 'a line' });
  const { items, process } = (await admin().get(`${plugin}/log`)).body;
  assert.deepEqual([process.others, process.serves], [0, true]);
  const line = items.find(({ message }: { message: string }) => message === 'Something was made');
  assert.deepEqual([line.level, line.fields.key, line.fields.password], ['warn', 'a line', '[hidden]']);
  assert.ok(line.fields.requestId);
  assert.equal((await admin().get(`${plugin}/log?level=error`)).body.items.length, 0);
  assert.equal((await admin().get(`${plugin}/log?level=loud`)).status, 422);
});

test('settings that somebody changed meanwhile are not overwritten, and no secret of them is written down', async () => {
  const { version } = (await detail()).settings;
  const save = (limit: number, ifMatch: number) =>
    admin().put(`${plugin}/settings`, { values: { limit, apiToken: 'sesame' } }, { 'if-match': `"${ifMatch}"` });
  const first = await save(7, version);
  assert.deepEqual([first.status, first.body.version], [200, version + 1]);
  assert.equal((await save(8, version)).status, 412);
  assert.equal((await detail()).settings.values.limit, 7);
  assert.equal((await save(0, version + 1)).status, 422);
  const rows = await audited('plugin.settings-changed');
  assert.equal(rows.length, 1);
  assert.deepEqual(rows[0].after, { limit: 7, apiToken: '[hidden]' });
});

test('a paused job lets its times pass, runs by hand, and goes on from now', async () => {
  const job = '/api/platform/jobs/beta/sweep';
  const seen = async () =>
    (await admin().get('/api/platform/jobs')).body.items.find(({ name }: { name: string }) => name === 'sweep');
  await app.settled();
  const before = await seen();
  assert.equal(before.nextTimes.length, 3);
  assert.deepEqual((await admin().post(`${job}/pause`)).body, { paused: true });
  assert.deepEqual((await admin().post(`${job}/pause`)).body, { paused: true });
  const { runs } = whims;
  clock.advance({ hours: 5 });
  await app.settled();
  assert.equal(whims.runs, runs);
  assert.deepEqual([(await seen()).paused, (await seen()).nextAt], [true, null]);
  assert.equal((await admin().post(`${job}/run`)).status, 202);
  await app.settled();
  assert.equal(whims.runs, runs + 1);
  await admin().post(`${job}/resume`);
  await app.settled();
  assert.equal(whims.runs, runs + 1);
  clock.advance({ hours: 1 });
  await app.settled();
  assert.equal(whims.runs, runs + 2);
  const { recent, paused } = await seen();
  assert.deepEqual([recent.length >= 2, recent.at(-1).state, paused], [true, 'done', false]);
  assert.equal((await audited('job.paused')).length, 1);
  assert.equal((await audited('job.resumed')).length, 1);
  assert.equal((await admin().post('/api/platform/jobs/beta/nothing/pause')).status, 404);
});

test('work at a time that was given up lies there with its error, is done again, or discarded with a reason', async () => {
  const counts = async () => (await admin().get('/api/platform/one-offs')).body.items[0];
  const dead = async () => (await admin().get('/api/platform/one-offs/dead?plugin=beta')).body.items;
  whims.broken = true;
  for (const key of ['ring', 'knock']) await app.as('member').post('/api/beta', { key });
  const waiting = await counts();
  assert.deepEqual([waiting.plugin, waiting.job, waiting.dead], ['beta', 'remind', 0]);
  assert.ok(waiting.waiting >= 2 && waiting.nextAt);
  for (let i = 0; i < 9; i += 1) {
    clock.advance({ minutes: 11 });
    await app.settled();
  }
  const items = await dead();
  const one = (key: string) => items.find((each: { key: string }) => each.key === key);
  assert.match(one('ring').error, /Nobody is there/);
  assert.equal(one('ring').history.length, 8);
  whims.broken = false;
  const named = (key: string) => ({ plugin: 'beta', job: 'remind', organisation: app.organisation, key });
  assert.deepEqual((await admin().post('/api/platform/one-offs/again', named('ring'))).body, { again: true });
  await app.settled();
  const discard = (body: object) => admin().post('/api/platform/one-offs/discard', body);
  assert.equal((await discard(named('knock'))).status, 422);
  assert.equal((await discard({ ...named('knock'), reason: 'They came by themselves.' })).status, 200);
  assert.equal((await discard({ ...named('knock'), reason: 'They came by themselves.' })).status, 404);
  assert.equal((await admin().post('/api/platform/one-offs/again', named('ring'))).status, 404);
  const left = await dead();
  assert.ok(!left.some(({ key }: { key: string }) => key === 'ring' || key === 'knock'));
  assert.equal((await audited('one-off.discarded'))[0].after.reason, 'They came by themselves.');
});
