import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aTask } from '../testing.ts';

const clock = manualClock('2027-03-14T08:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks', 'notifications'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');

type Told = { title: string; body: string; link: string; createdAt: string };
const toldOf = async (client: typeof member, title: string): Promise<Told[]> =>
  (await client.get('/api/notifications?limit=200')).body.items.filter((item: Told) => item.title === title);
const add = async (given: Parameters<typeof aTask>[0]) => (await member.post('/api/tasks', aTask(given))).body.id;
const at = (time: string) => ({ at: `2027-03-14T${time}:00Z` });
async function moveTo(time: string): Promise<void> {
  await app.settled();
  clock.set(Temporal.Instant.from(time));
  await app.settled();
}

test('who made a task is reminded before it is due, once, with the time on their wall', async () => {
  const id = await add({ title: 'once', due: at('10:00') });
  await moveTo('2027-03-14T08:59:59Z');
  assert.equal((await toldOf(member, 'once')).length, 0);
  await moveTo('2027-03-14T09:00:00Z');
  const [told, ...more] = await toldOf(member, 'once');
  assert.equal(more.length, 0);
  assert.match(told?.body ?? '', /^Due today at 11:00\.$/u);
  assert.equal(told?.link, `/tasks/${id}`);

  await member.patch(`/api/tasks/${id}`, { title: 'once', priority: 'high', remindBeforeMinutes: 60 });
  await moveTo('2027-03-14T10:30:00Z');
  assert.equal((await toldOf(member, 'once')).length, 1);
});

test('the assignee is reminded instead of the maker', async () => {
  await add({ title: 'given', due: at('12:00'), assignee: manager.person });
  await moveTo('2027-03-14T11:00:00Z');
  assert.equal((await toldOf(manager, 'given')).length, 1);
  assert.equal((await toldOf(member, 'given')).length, 0);
});

test('the reminder moves with the due date, and goes when the task is over or gone', async () => {
  const moved = await add({ title: 'moved', due: at('13:00') });
  const done = await add({ title: 'done', due: at('13:00') });
  const gone = await add({ title: 'gone', due: at('13:00') });
  const cleared = await add({ title: 'cleared', due: at('13:00') });
  await app.settled();
  await member.patch(`/api/tasks/${moved}`, { due: at('15:00') });
  await member.patch(`/api/tasks/${done}`, { status: 'done' });
  await member.delete(`/api/tasks/${gone}`);
  await member.patch(`/api/tasks/${cleared}`, { due: null });
  await moveTo('2027-03-14T12:30:00Z');
  for (const title of ['moved', 'done', 'gone', 'cleared']) assert.deepEqual(await toldOf(member, title), [], title);
  await moveTo('2027-03-14T14:00:00Z');
  assert.equal((await toldOf(member, 'moved')).length, 1);

  await member.patch(`/api/tasks/${done}`, { status: 'open', due: at('16:00'), remindBeforeMinutes: 15 });
  await moveTo('2027-03-14T15:30:00Z');
  assert.equal((await toldOf(member, 'done')).length, 0);
  await moveTo('2027-03-14T15:45:00Z');
  assert.equal((await toldOf(member, 'done')).length, 1);
});

test('a day is announced at nine in the morning of its zone, on the day the clocks change as well', async () => {
  await add({ title: 'day', due: { date: '2027-03-28' } });
  await moveTo('2027-03-28T06:59:59Z');
  assert.equal((await toldOf(member, 'day')).length, 0);
  await moveTo('2027-03-28T07:00:00Z');
  assert.deepEqual(
    (await toldOf(member, 'day')).map(({ body }) => body),
    ['Due today.'],
  );
});

test('a reminder that is late comes once, with the true time', async () => {
  await add({ title: 'late', due: { at: '2027-03-30T08:00:00Z' } });
  await moveTo('2027-03-30T12:00:00Z');
  const bodies = (await toldOf(member, 'late')).map(({ body }) => body);
  assert.equal(bodies.length, 1);
  assert.match(bodies[0]!, /^Was due today at 10:00\.$/u);
});

test('a due date that is moved many times at once is announced at the last of them', async () => {
  const id = await add({ title: 'restless', due: { at: '2027-04-01T10:00:00Z' } });
  const hours = [11, 12, 13, 14, 15, 16];
  await Promise.all(
    hours.map((hour) => member.patch(`/api/tasks/${id}`, { due: { at: `2027-04-01T${hour}:00:00Z` } })),
  );
  const { at } = (await member.get(`/api/tasks/${id}`)).body.due;
  const time = Temporal.Instant.from(at).subtract({ minutes: 60 });
  await moveTo(time.subtract({ seconds: 1 }).toString());
  assert.equal((await toldOf(member, 'restless')).length, 0);
  await moveTo(time.toString());
  assert.equal((await toldOf(member, 'restless')).length, 1);
});
