import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aTask } from '../testing.ts';

const clock = manualClock('2026-11-25T12:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');

beforeEach(async () => {
  await member.post('/api/work-logs/stop');
  clock.advance({ hours: 48 });
});
const ago = (minutes: number) => clock.now().subtract({ minutes }).toString();
const started = async (body: object = {}) => (await member.post('/api/work-logs', body)).body;

test('a timer is started, seen, and stopped once', async () => {
  const task = (await member.post('/api/tasks', aTask({ title: 'Cut webbing' }))).body;
  const log = await started({ task: task.id });
  assert.deepEqual((await member.get('/api/work-logs/running')).body.running, log);
  const second = await member.post('/api/work-logs', {});
  assert.deepEqual([second.status, second.body.type], [409, 'tasks/timer-running']);
  assert.equal(second.body.detail, 'Stop the timer on “Cut webbing” first.');
  clock.advance({ minutes: 30 });
  const stopped = await member.post('/api/work-logs/stop');
  assert.deepEqual([stopped.status, stopped.body.seconds, stopped.body.version], [200, 1800, 2]);
  assert.equal((await member.post('/api/work-logs/stop')).body.type, 'tasks/no-timer');
  assert.equal((await member.get('/api/work-logs/running')).body.running, null);
});

test('of many timers that are started at once, one runs', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => member.post('/api/work-logs', {})));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409]);
});

test('everybody has a timer of their own, in each organisation', async () => {
  assert.equal((await member.post('/api/work-logs', {})).status, 201);
  assert.equal((await manager.post('/api/work-logs', {})).status, 201);
  assert.equal((await manager.post('/api/work-logs/stop')).status, 200);
  assert.notEqual((await member.get('/api/work-logs/running')).body.running, null);
});

test('past work may touch other work but not overlap it, and the refusal says with what', async () => {
  const body = { startedAt: ago(120), endedAt: ago(60) };
  assert.equal((await member.post('/api/work-logs', body)).status, 201);
  assert.equal((await member.post('/api/work-logs', { startedAt: ago(60), minutes: 10 })).status, 201);
  const refused = await member.post('/api/work-logs', { startedAt: ago(70), minutes: 5 });
  assert.deepEqual([refused.status, refused.body.type], [409, 'tasks/work-overlaps']);
  assert.equal(refused.body.startedAt, body.startedAt);
  assert.equal((await manager.post('/api/work-logs', { startedAt: ago(70), minutes: 5 })).status, 201);
});

test('work of which only the minutes are known may lie beside other work', async () => {
  for (let count = 0; count < 3; count += 1) {
    assert.equal((await member.post('/api/work-logs', { minutes: 25 })).body.seconds, 1500);
  }
});

test('the day of work stays what it was when its person moves on', async () => {
  const log = await started({ startedAt: '2026-11-24T23:30:00Z', minutes: 30 });
  assert.deepEqual([log.localDate, log.zone], ['2026-11-25', 'Europe/Berlin']);
  await member.patch('/api/me', { zone: 'America/New_York' });
  try {
    const changed = await member.patch(`/api/work-logs/${log.id}`, { note: 'Straps' });
    assert.deepEqual(
      [changed.body.localDate, changed.body.zone, changed.body.note],
      ['2026-11-25', 'Europe/Berlin', 'Straps'],
    );
    const there = await started({ startedAt: '2026-11-24T22:30:00Z', minutes: 30 });
    assert.deepEqual([there.localDate, there.zone], ['2026-11-24', 'America/New_York']);
  } finally {
    await member.patch('/api/me', { zone: 'Europe/Berlin' });
  }
});

test('an end given to the running one stops it; changed work keeps the rules', async () => {
  const log = await started();
  clock.advance({ minutes: 30 });
  const path = `/api/work-logs/${log.id}`;
  const stopped = await member.patch(path, { endedAt: ago(10) }, { 'If-Match': '"1"' });
  assert.equal(stopped.body.seconds, 1200);
  assert.equal((await member.patch(path, { endedAt: ago(40) })).status, 422);
  assert.equal((await member.patch(path, { note: 'x' }, { 'If-Match': '"1"' })).status, 412);
  await started({ startedAt: ago(9), minutes: 5 });
  assert.equal((await member.patch(path, { endedAt: ago(5) })).body.type, 'tasks/work-overlaps');
});

test('nobody changes or deletes the work of another', async () => {
  const log = await started({ minutes: 5 });
  assert.equal((await manager.patch(`/api/work-logs/${log.id}`, { note: 'x' })).status, 404);
  assert.equal((await manager.delete(`/api/work-logs/${log.id}`)).status, 404);
  assert.equal((await member.delete(`/api/work-logs/${log.id}`)).status, 204);
});

test('a manager sees the time of others, a member only their own', async () => {
  assert.equal((await manager.get(`/api/work-logs?person=${member.person}`)).status, 200);
  assert.equal((await member.get(`/api/work-logs?person=${manager.person}`)).status, 403);
  assert.equal((await member.get(`/api/work-logs?person=${member.person}`)).status, 200);
});

test('work outlives the task that it was done for', async () => {
  const task = (await member.post('/api/tasks', aTask())).body;
  const log = await started({ task: task.id, minutes: 5 });
  await member.delete(`/api/tasks/${task.id}`);
  const { items } = (await member.get('/api/work-logs?limit=200')).body;
  assert.equal(items.find((item: { id: string }) => item.id === log.id).task, null);
});

test('a task that is not here is refused at its field', async () => {
  const stranger = app.as('stranger');
  const task = (await stranger.post('/api/tasks', aTask())).body;
  const refused = await member.post('/api/work-logs', { task: task.id });
  assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/task']);
});

test('a guest cannot start a timer', async () => {
  const guest = app.as('guest');
  assert.equal((await guest.post('/api/work-logs', {})).status, 403);
  assert.equal((await guest.get('/api/work-logs/running')).status, 200);
});
