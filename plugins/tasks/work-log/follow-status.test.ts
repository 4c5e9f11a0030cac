import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aTask } from '../testing.ts';

const clock = manualClock('2027-03-12T08:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const add = async (title: string) => (await member.post('/api/tasks', aTask({ title }))).body.id as string;
const move = (id: string, status: string) => member.patch(`/api/tasks/${id}`, { status });
const running = async () => (await member.get('/api/work-logs/running')).body.running?.task ?? null;
const secondsOn = async (task: string) =>
  (await member.get(`/api/work-logs?task=${task}`)).body.items.map(({ seconds }: { seconds: number }) => seconds);

test('the timer stays out of it unless it is wanted', async () => {
  const task = await add('quiet');
  await move(task, 'active');
  assert.equal(await running(), null);
  await move(task, 'open');
});

test('the timer follows the task into and out of “active”, and to another one', async () => {
  await member.patch('/api/tasks/preferences', { timerFollowsStatus: true });
  const [one, two, three] = [await add('one'), await add('two'), await add('three')];
  await move(one, 'active');
  assert.equal(await running(), one);
  clock.advance({ minutes: 10 });
  await move(two, 'active');
  assert.equal(await running(), two);
  assert.deepEqual(await secondsOn(one), [600]);
  clock.advance({ minutes: 5 });
  await move(one, 'done');
  assert.equal(await running(), two);
  await move(two, 'done');
  assert.equal(await running(), null);
  assert.deepEqual(await secondsOn(two), [300]);

  // Several at once: the timer runs on none of them.
  await member.post('/api/tasks/bulk', { ids: [two, three], change: { status: 'active' } });
  assert.equal(await running(), null);
  // Another one moves the task; it is not their timer.
  await app.as('manager').patch(`/api/tasks/${three}`, { status: 'open' });
  assert.equal((await app.as('manager').get('/api/work-logs/running')).body.running, null);
});
