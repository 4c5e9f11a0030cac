import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import { aProject, aTask } from '../testing.ts';

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const add = async (given: Parameters<typeof aProject>[0] = {}) =>
  (await member.post('/api/projects', aProject(given))).body;

test('a project is added, read, changed and archived', async () => {
  const project = await add({ notes: 'For the show' });
  assert.deepEqual((await member.get(`/api/projects/${project.id}`)).body, project);
  const changed = await member.patch(
    `/api/projects/${project.id}`,
    { archived: true, notes: null },
    { 'If-Match': '"1"' },
  );
  assert.deepEqual([changed.body.archived, changed.body.notes, changed.body.version], [true, '', 2]);
  assert.equal((await member.patch(`/api/projects/${project.id}`, { name: 'x' }, { 'If-Match': '"1"' })).status, 412);
  const same = await member.patch(`/api/projects/${project.id}`, { archived: true });
  assert.equal(same.body.version, 2);
});

test('a project that holds something is not deleted, and says what it holds', async () => {
  const project = await add({ name: 'Full' });
  const below = await add({ parent: project.id });
  const task = (await member.post('/api/tasks', aTask({ project: project.id }))).body;
  const refused = await member.delete(`/api/projects/${project.id}`);
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /“Full” still holds 1 task and 1 project/);
  await member.delete(`/api/projects/${below.id}`);
  await member.patch(`/api/tasks/${task.id}`, { project: null });
  assert.equal((await member.delete(`/api/projects/${project.id}`)).status, 204);
  assert.equal((await member.get(`/api/projects/${project.id}`)).status, 404);
});

test('projects are listed by name, page by page, and of this organisation alone', async () => {
  const stranger = app.as('stranger');
  assert.equal((await stranger.get('/api/projects')).body.items.length, 0);
  const parent = await add({ name: 'List' });
  for (const name of ['b', 'A', 'c', 'a']) await add({ name, parent: parent.id });
  const names: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: { items: { name: string }[]; next: string | null } } = await member.get(
      `/api/projects?parent=${parent.id}&limit=3${cursor && `&cursor=${cursor}`}`,
    );
    names.push(...body.items.map(({ name }) => name));
    cursor = body.next;
  }
  assert.deepEqual(
    names.map((name) => name.toLowerCase()),
    ['a', 'a', 'b', 'c'],
  );
  const archived = (await member.get('/api/projects?archived=true&count=true')).body;
  assert.equal(archived.total, archived.items.length);
  assert.ok(archived.items.every((project: { archived: boolean }) => project.archived));
});
