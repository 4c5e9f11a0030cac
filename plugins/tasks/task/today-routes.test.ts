import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aTask } from '../testing.ts';
import type { Task } from './task.ts';

const clock = manualClock('2027-03-28T10:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const titles = (tasks: Task[]) => tasks.map(({ title }) => title);

test('a day on which the clocks change has its own length, in the zone of the person or of the query', async () => {
  const { body } = await member.get('/api/tasks/today');
  assert.deepEqual(
    [body.date, body.zone, body.startsAt, body.endsAt],
    ['2027-03-28', 'Europe/Berlin', '2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z'],
  );
  const there = (await member.get('/api/tasks/today?zone=Pacific/Auckland')).body;
  assert.deepEqual([there.date, there.startsAt], ['2027-03-28', '2027-03-27T11:00:00Z']);
  assert.equal((await member.get('/api/tasks/today?zone=Mars/Olympus')).status, 422);
});

test('a day holds what is overdue, due, started and running, and only of this person', async () => {
  const other = app.as('manager');
  const add = async (title: string, given: Parameters<typeof aTask>[0]) =>
    (await member.post('/api/tasks', aTask({ title, ...given }))).body as Task;
  await add('yesterday', { due: { date: '2027-03-27' } });
  await add('this morning', { due: { at: '2027-03-28T06:00:00Z' } });
  await add('tonight', { due: { at: '2027-03-28T21:59:00Z' } });
  await add('today', { due: { date: '2027-03-28' } });
  await add('tomorrow', { due: { at: '2027-03-28T22:00:00Z' } });
  await add('begun', { start: { date: '2027-03-28' } });
  await add('not begun', { start: { at: '2027-03-28T10:30:00Z' } });
  await add('worked on', { status: 'active' });
  await add('done', { due: { date: '2027-03-28' }, status: 'done' });
  await add('of the manager', { due: { date: '2027-03-28' }, assignee: other.person });
  const timed = await add('timed', {});
  await member.post('/api/work-logs', { task: timed.id });
  await other.post('/api/tasks', aTask({ title: 'given to me', due: { date: '2027-03-28' }, assignee: member.person }));

  const { body } = await member.get('/api/tasks/today');
  assert.deepEqual(titles(body.overdue), ['yesterday', 'this morning']);
  assert.deepEqual(titles(body.due), ['tonight', 'today', 'given to me']);
  assert.deepEqual(titles(body.started).sort(), ['begun', 'timed', 'worked on']);
  assert.equal(body.running.task, timed.id);
  assert.equal(body.more, false);
  assert.deepEqual(titles((await other.get('/api/tasks/today')).body.due), ['of the manager']);
});
