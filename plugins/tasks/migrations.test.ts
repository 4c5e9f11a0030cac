import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, migrationRoundTrip } from '@task-connect/testing';
import { aProject, aTask } from './testing.ts';

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

test('all migrations can be taken back with rows in every table, and make the same tables again', async () => {
  const project = (await member.post('/api/projects', aProject())).body.id;
  const parent = (await member.post('/api/tasks', aTask({ project, labels: ['a'] }))).body.id;
  const task = (await member.post('/api/tasks', aTask({ parent, status: 'done' }))).body.id;
  assert.equal((await member.post('/api/work-logs', { task, minutes: 5 })).status, 201);
  const times = { startsAt: '2027-03-15T09:00:00Z', endsAt: '2027-03-15T10:00:00Z' };
  assert.equal((await member.post(`/api/tasks/${task}/planned-blocks`, times)).status, 201);
  assert.equal((await member.patch('/api/tasks/preferences', { timerFollowsStatus: true })).status, 200);
  await member.patch(`/api/tasks/${parent}`, { due: { date: '2027-03-15' }, recurrence: { rule: 'FREQ=DAILY' } });
  await member.patch(`/api/tasks/${parent}`, { due: { date: '2027-03-16' } });
  await member.patch(`/api/projects/${project}`, { notes: 'New' });
  await app.settled();

  const trip = await migrationRoundTrip(app, 'tasks');
  for (const [table, count] of Object.entries(trip.rows)) assert.ok(count > 0, `${table} had no row`);
  assert.equal(Object.keys(trip.rows).length, 11);
  assert.equal(trip.migrations.length, 10);
  assert.deepEqual(trip.left, []);
  assert.equal(trip.after, trip.before);
  assert.equal((await member.post('/api/tasks', aTask())).status, 201);
});
