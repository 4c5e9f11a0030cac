import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aTask } from '../testing.ts';

const clock = manualClock('2027-03-10T16:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const titles = (tasks: { title: string }[]) => tasks.map(({ title }) => title);

test('an evening tells what was done, tracked, put off and left, and what tomorrow brings', async () => {
  const add = async (title: string, date: string | null, more = {}) =>
    (await member.post('/api/tasks', aTask({ title, due: date === null ? null : { date }, ...more }))).body
      .id as string;
  const done = await add('done', '2027-03-10');
  await add('left', '2027-03-09');
  const moved = await add('moved', '2027-03-10');
  const dropped = await add('dropped', '2027-03-10');
  const back = await add('back', '2027-03-10');
  await add('tomorrow', '2027-03-11');
  await add('later', '2027-03-12');
  await member.patch(`/api/tasks/${done}`, { status: 'done' });
  await member.patch(`/api/tasks/${moved}`, { due: { date: '2027-03-11' } });
  await member.patch(`/api/tasks/${moved}`, { due: { date: '2027-03-15' } });
  await member.patch(`/api/tasks/${dropped}`, { due: null });
  await member.patch(`/api/tasks/${back}`, { due: { date: '2027-03-20' } });
  await member.patch(`/api/tasks/${back}`, { due: { date: '2027-03-10' } });
  await member.post('/api/work-logs', { task: done, minutes: 20 });
  await member.post('/api/work-logs', { task: done, minutes: 10 });
  await member.post('/api/work-logs', { minutes: 5 });
  await member.post(`/api/tasks/${moved}/planned-blocks`, {
    startsAt: '2027-03-11T09:00:00Z',
    endsAt: '2027-03-11T10:00:00Z',
  });
  const { status, body } = await member.get('/api/reviews/day');
  assert.equal(status, 200);
  assert.equal(body.date, '2027-03-10');
  assert.deepEqual(titles(body.done), ['done']);
  assert.deepEqual(body.tracked, {
    seconds: 2100,
    entries: [
      { task: done, title: 'done', seconds: 1800 },
      { task: null, title: null, seconds: 300 },
    ],
  });
  assert.deepEqual(
    body.moved.map(({ task, from, to }: { task: { title: string }; from: string; to: string }) => [
      task.title,
      from,
      to,
    ]),
    [
      ['moved', '2027-03-10', '2027-03-15'],
      ['dropped', '2027-03-10', null],
    ],
  );
  assert.deepEqual(titles(body.left), ['left', 'back']);
  assert.deepEqual(
    [body.tomorrow.date, titles(body.tomorrow.due), titles(body.tomorrow.planned)],
    ['2027-03-11', ['tomorrow'], ['moved']],
  );
  assert.deepEqual(titles((await app.as('manager').get('/api/reviews/day')).body.done), []);
  assert.equal((await member.get('/api/reviews/day?date=2027-02-30')).status, 422);
});
