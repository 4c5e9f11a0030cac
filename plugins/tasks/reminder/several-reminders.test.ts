import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aTask } from '../testing.ts';

const clock = manualClock('2027-03-12T08:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks', 'notifications'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

const bodiesOf = async (title: string): Promise<string[]> =>
  (await member.get('/api/notifications?limit=200')).body.items
    .filter((item: { title: string }) => item.title === title)
    .map(({ body }: { body: string }) => body)
    .reverse();
const add = async (given: Parameters<typeof aTask>[0]) => {
  const { status, body } = await member.post('/api/tasks', aTask(given));
  assert.equal(status, 201, JSON.stringify(body));
  return body.id as string;
};
async function moveTo(time: string): Promise<void> {
  await app.settled();
  clock.set(Temporal.Instant.from(time));
  await app.settled();
}

test('each reminder comes at its time, relative or absolute, and those of a done task do not', async () => {
  const reminders = [{ minutesBefore: 120 }, { minutesBefore: 10 }, { at: '2027-03-12T09:00:00Z' }];
  const id = await add({ title: 'several', due: { at: '2027-03-12T13:00:00Z' }, reminders });
  await add({ title: 'no date', reminders: [{ at: '2027-03-12T10:30:00Z' }] });
  await add({ title: 'none', due: { at: '2027-03-12T11:00:00Z' }, reminders: [] });
  await moveTo('2027-03-12T09:00:00Z');
  assert.equal((await bodiesOf('several')).length, 1);
  await moveTo('2027-03-12T11:00:00Z');
  assert.equal((await bodiesOf('several')).length, 2);
  assert.deepEqual(await bodiesOf('no date'), ['You wanted to be reminded today at 11:30.']);
  assert.deepEqual(await bodiesOf('none'), []);
  await member.patch(`/api/tasks/${id}`, { status: 'done' });
  await moveTo('2027-03-12T13:00:00Z');
  assert.equal((await bodiesOf('several')).length, 2);
});

test('what was missed in an outage is told once, with the true time; the next comes on time', async () => {
  const reminders = [{ minutesBefore: 180 }, { minutesBefore: 120 }, { minutesBefore: 60 }];
  await add({ title: 'outage', due: { at: '2027-03-12T17:00:00Z' }, reminders });
  await moveTo('2027-03-12T15:30:00Z');
  assert.deepEqual(await bodiesOf('outage'), ['Due today at 18:00.']);
  await moveTo('2027-03-12T16:00:00Z');
  assert.equal((await bodiesOf('outage')).length, 2);
});

test('a client that knows one reminder alone reads and writes the same', async () => {
  const id = await add({ title: 'one', remindBeforeMinutes: 30 });
  const read = async () => (await member.get(`/api/tasks/${id}`)).body;
  assert.deepEqual((await read()).reminders, [{ minutesBefore: 30 }]);
  await member.patch(`/api/tasks/${id}`, { reminders: [{ minutesBefore: 5 }, { minutesBefore: 10 }] });
  assert.equal((await read()).remindBeforeMinutes, null);
  await member.patch(`/api/tasks/${id}`, { remindBeforeMinutes: null });
  assert.equal((await read()).reminders, null);
});

test('outside of working hours a reminder waits for their beginning, and goes when the task is done meanwhile', async () => {
  const workingHours = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }));
  assert.equal((await member.patch('/api/tasks/preferences', { workingHours })).status, 200);
  const held = await add({ title: 'held', due: { at: '2027-03-13T09:00:00Z' } });
  const done = await add({ title: 'held and done', due: { at: '2027-03-13T09:00:00Z' } });
  await moveTo('2027-03-13T10:00:00Z');
  assert.deepEqual(await bodiesOf('held'), []);
  await member.patch(`/api/tasks/${held}`, { status: 'active' });
  await member.patch(`/api/tasks/${done}`, { status: 'done' });
  await moveTo('2027-03-15T07:59:59Z');
  assert.deepEqual(await bodiesOf('held'), []);
  await moveTo('2027-03-15T08:00:00Z');
  assert.deepEqual((await bodiesOf('held')).length, 1);
  assert.match((await bodiesOf('held'))[0]!, /^Was due on .*Saturday.* at 10:00\.$/u);
  assert.deepEqual(await bodiesOf('held and done'), []);
  const { body } = await member.patch('/api/tasks/preferences', { workingHours: null });
  assert.equal(body.workingHours, null);
  assert.equal(
    (await member.patch('/api/tasks/preferences', { workingHours: [{ day: 8, from: '9', to: '08:00' }] })).status,
    422,
  );
});
