import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aProject, aTask } from './testing.ts';

// What another plugin hears of tasks, projects and work.

const clock = manualClock('2027-03-14T12:00:00Z');
const app = await makeTestPlatform({
  plugins: ['tasks', 'witness'],
  pluginFolders: [fileURLToPath(new URL('./testing/', import.meta.url))],
  clock,
});
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

type Heard = { type: string; data: Record<string, unknown> };
async function heardOf(id: string): Promise<Heard[]> {
  await app.settled();
  return (await member.get(`/api/witness/${id}`)).body.items;
}
const typesOf = async (id: string) => (await heardOf(id)).map(({ type }) => type);
const add = async (given: Parameters<typeof aTask>[0] = {}) => (await member.post('/api/tasks', aTask(given))).body.id;

test('each change of a task is one event, under the name that fits', async () => {
  const id = await add();
  const path = `/api/tasks/${id}`;
  await member.patch(path, { title: 'Sew webbing', priority: 'high' });
  await member.patch(path, { title: 'Sew webbing' });
  await member.patch(path, { status: 'done', notes: 'At last' });
  await member.patch(path, { status: 'open' });
  await member.delete(path);
  const heard = await heardOf(id);
  assert.deepEqual(
    heard.map(({ type, data }) => [type, data.title, data.changed]),
    [
      ['task.created', 'Cut webbing', undefined],
      ['task.changed', 'Sew webbing', ['title', 'priority']],
      ['task.completed', 'Sew webbing', ['notes', 'status']],
      ['task.reopened', 'Sew webbing', ['status']],
      ['task.deleted', 'Sew webbing', undefined],
    ],
  );
  assert.equal(heard[2]?.data.completedBy, member.person);
});

test('completing at the same moment is one completion and one event', async () => {
  const id = await add();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => member.patch(`/api/tasks/${id}`, { status: 'done' })),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.deepEqual(await typesOf(id), ['task.created', 'task.completed']);
});

test('a bulk change tells of each task that changed, and of no other', async () => {
  const ids = [await add(), await add({ status: 'done' }), await add()];
  await member.post('/api/tasks/bulk', { ids, change: { status: 'done' } });
  assert.deepEqual(await Promise.all(ids.map(typesOf)), [
    ['task.created', 'task.completed'],
    ['task.created'],
    ['task.created', 'task.completed'],
  ]);
});

test('what is refused tells nothing', async () => {
  const id = await add();
  await member.patch(`/api/tasks/${id}`, { title: 'x' }, { 'if-match': '"9"' });
  await member.patch(`/api/tasks/${id}`, { parent: id });
  await member.post('/api/tasks/bulk', { ids: [id, crypto.randomUUID()], change: { status: 'done' } });
  assert.deepEqual(await typesOf(id), ['task.created']);
});

test('subtasks that move up when their parent is deleted tell so', async () => {
  const parent = await add();
  const below = await add({ parent });
  await member.delete(`/api/tasks/${parent}`);
  const [, moved] = await heardOf(below);
  assert.deepEqual([moved?.type, moved?.data.changed], ['task.changed', ['parent']]);
});

test('a timer tells when it starts and when it stops, past work once, changed work again', async () => {
  const timer = (await member.post('/api/work-logs', {})).body.id;
  clock.advance({ minutes: 10 });
  await member.post('/api/work-logs/stop');
  await member.patch(`/api/work-logs/${timer}`, { note: 'Straps' });
  await member.patch(`/api/work-logs/${timer}`, { note: 'Straps' });
  await member.delete(`/api/work-logs/${timer}`);
  assert.deepEqual(await typesOf(timer), ['timer.started', 'work.logged', 'work.changed', 'work.deleted']);
  const past = (await member.post('/api/work-logs', { minutes: 25 })).body.id;
  assert.deepEqual(
    (await heardOf(past)).map(({ type, data }) => [type, data.seconds]),
    [['work.logged', 1500]],
  );
});

test('a project tells of its changes', async () => {
  const id = (await member.post('/api/projects', aProject())).body.id;
  await member.patch(`/api/projects/${id}`, { archived: true });
  await member.patch(`/api/projects/${id}`, { archived: true });
  await member.delete(`/api/projects/${id}`);
  assert.deepEqual(
    (await heardOf(id)).map(({ type, data }) => [type, data.archived, data.changed]),
    [
      ['project.created', false, undefined],
      ['project.updated', true, ['archived']],
      ['project.deleted', true, undefined],
    ],
  );
});

test('another organisation hears nothing of it', async () => {
  const id = await add();
  assert.deepEqual(await typesOf(id), ['task.created']);
  assert.deepEqual((await app.as('stranger').get(`/api/witness/${id}`)).body.items, []);
});
