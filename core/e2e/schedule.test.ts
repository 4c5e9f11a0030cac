import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort } from '../testing/free-port.ts';
import { makeTestPlatform, manualClock, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

// The agenda: what all plugins add to a day, wherever they are served, and in spite of those that fail.

const workshop = pluginWorkshop();
const clock = manualClock('2027-03-28T10:00:00Z');
const patience = { startMilliseconds: 20_000, endMilliseconds: 500, callMilliseconds: 300 };
let app: TestPlatform;
let other: TestPlatform;

const item = (title: string) =>
  `{ id: '${title}', kind: 'meeting', title: '${title}', date: question.firstDay, startsAt: null, endsAt: null, zone: null, link: null, hue: null, done: false }`;
const answers: Record<string, string> = {
  quick: `return [${item('quick')}];`,
  sick: `throw new Error('No agenda today.');`,
  slow: 'await new Promise((resolve) => setTimeout(resolve, 3000).unref()); return [];',
  odd: `return [{ id: 'odd' }];`,
};

before(async () => {
  for (const [id, answer] of Object.entries(answers)) {
    workshop.write(id, {
      'plugin.ts': pluginText(id, {
        contract: `agenda: { meeting: { title: 'Meeting', hue: 'plum' } },`,
        extra: `services: [it.agenda(async (question) => { ${answer} })],`,
      }),
      'migrations/2026-11-25-create-seen.ts': migrationText(),
    });
  }
  const settingsOf = async (plugins: string[]) => {
    const port = await freePort();
    return { port, internalUrl: `http://127.0.0.1:${port}`, plugins: ['platform', 'users', ...plugins] };
  };
  app = await makeTestPlatform({
    pluginFolders: [workshop.folder],
    clock,
    patience,
    settings: await settingsOf(['quick', 'sick', 'slow', 'odd']),
    plugins: ['quick'],
  });
  other = await makeTestPlatform({
    beside: app,
    clock,
    patience,
    settings: await settingsOf(['tasks']),
    plugins: ['tasks'],
  });
});
after(async () => {
  await other[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

type Day = { date: string; items: { plugin: string; title: string; kindTitle: string; hue: string; done: boolean }[] };
const titles = ({ items }: Day) => items.map(({ plugin, title }) => `${plugin}: ${title}`);

test('a day holds what plugins of this process and of another add to it', async () => {
  const member = other.as('member');
  const { id } = (await member.post('/api/tasks', { title: 'due', due: { at: '2027-03-28T12:00:00Z' } })).body;
  await member.post('/api/tasks', { title: 'day', due: { date: '2027-03-28' } });
  await member.post('/api/tasks', { title: 'tomorrow', due: { date: '2027-03-29' } });
  await member.post(`/api/tasks/${id}/planned-blocks`, {
    startsAt: '2027-03-28T08:00:00Z',
    endsAt: '2027-03-28T09:00:00Z',
  });
  for (const door of [app, other]) {
    const { status, body } = await door.as('member').get('/api/schedule/day?date=2027-03-28');
    assert.equal(status, 200);
    assert.deepEqual([body.startsAt, body.endsAt], ['2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z']);
    assert.deepEqual(titles(body), ['tasks: day', 'quick: quick', 'tasks: due', 'tasks: due']);
    assert.deepEqual(
      body.items.map(({ kindTitle }: { kindTitle: string }) => kindTitle),
      ['Due', 'Meeting', 'Planned', 'Due'],
    );
    assert.deepEqual(
      body.items.map(({ hue }: { hue: string }) => hue),
      ['cobalt', 'plum', 'cobalt', 'cobalt'],
    );
    assert.deepEqual(body.missing, []);
  }
  await member.patch(`/api/tasks/${id}`, { status: 'done' });
  const { body } = await app.as('member').get('/api/schedule/day?zone=Pacific/Auckland');
  assert.deepEqual([body.date, titles(body)], ['2027-03-28', ['tasks: day', 'quick: quick', 'tasks: due']]);
  assert.equal(body.items.at(-1).done, true);
  assert.deepEqual(titles((await other.as('manager').get('/api/schedule/day')).body), ['quick: quick']);
});

test('a week has seven days, from the one on which weeks begin', async () => {
  const { body } = await app.as('member').get('/api/schedule/week?date=2027-03-31');
  assert.deepEqual([body.from, body.to, body.days.length], ['2027-03-29', '2027-04-04', 7]);
  assert.deepEqual(titles(body.days[0]), ['quick: quick', 'tasks: tomorrow']);
});

test('a plugin that fails, is slow or talks nonsense is named, and hurts nothing else', async () => {
  for (const id of ['sick', 'slow', 'odd']) assert.equal((await app.platform.kernel.enable(id)).state, 'on');
  const { status, body } = await app.as('member').get('/api/schedule/day?date=2027-03-28');
  assert.equal(status, 200);
  assert.equal(titles(body).length, 4);
  assert.deepEqual(
    body.missing.map(({ plugin, reason }: { plugin: string; reason: string }) => [plugin, reason]).sort(),
    [
      ['odd', 'failed'],
      ['sick', 'failed'],
      ['slow', 'slow'],
    ],
  );
  for (const id of ['sick', 'slow', 'odd', 'quick']) await app.platform.kernel.disable(id);
  const quiet = (await app.as('member').get('/api/schedule/day?date=2027-03-28')).body;
  assert.deepEqual([quiet.missing, titles(quiet)], [[], ['tasks: day', 'tasks: due', 'tasks: due']]);
});

test('nobody without login has an agenda, and a zone or day that does not exist is refused', async () => {
  assert.equal((await app.as('anonymous').get('/api/schedule/day')).status, 401);
  for (const query of ['zone=Mars/Olympus', 'date=2027-02-30']) {
    assert.equal((await app.as('member').get(`/api/schedule/week?${query}`)).status, 422);
  }
});
