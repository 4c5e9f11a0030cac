import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import { aProject, aTask } from '../testing.ts';

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const stranger = app.as('stranger');
const nobodysId = '0190a000-0000-7000-8000-00000000ffff';

const added = async (given: Parameters<typeof aTask>[0] = {}) => (await member.post('/api/tasks', aTask(given))).body;
const pointersOf = (body: { errors?: { pointer: string }[] }) => (body.errors ?? []).map(({ pointer }) => pointer);

test('a task that was added is read back as it was answered', async () => {
  const answer = await member.post('/api/tasks', aTask({ due: { date: '2027-03-14' }, labels: ['shop'] }));
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('etag'), '"1"');
  assert.deepEqual(answer.body.due, { date: '2027-03-14' });
  const read = await member.get(`/api/tasks/${answer.body.id}`);
  assert.equal(read.status, 200);
  assert.deepEqual(read.body, answer.body);
});

test('a time is meant in the zone of its writer when none is said', async () => {
  const { due } = await added({ due: { at: '2027-03-14T09:30:00+01:00' } });
  assert.deepEqual(due, { at: '2027-03-14T08:30:00Z', zone: 'Europe/Berlin' });
});

test('all faults of a task are answered at once, and nothing is added', async () => {
  const before = (await member.get('/api/tasks?count=true')).body.total;
  const answer = await member.post('/api/tasks', {
    title: 'a\u0000b',
    notes: '\ud800',
    priority: 'urgent',
    due: { date: '0000-01-01' },
    remindBeforeMinutes: -1,
    colour: 'red',
  });
  assert.equal(answer.status, 422);
  for (const pointer of ['/title', '/notes', '/priority', '/remindBeforeMinutes']) {
    assert.ok(pointersOf(answer.body).includes(pointer), `${pointer} in ${pointersOf(answer.body)}`);
  }
  assert.equal((await member.get('/api/tasks?count=true')).body.total, before);
});

test('a project, parent and assignee that are not here are named together', async () => {
  const answer = await member.post('/api/tasks', aTask({ project: nobodysId, parent: nobodysId, assignee: nobodysId }));
  assert.equal(answer.status, 422);
  assert.deepEqual(pointersOf(answer.body), ['/project', '/parent', '/assignee']);
});

test('what belongs to another organisation is as unknown as what does not exist', async () => {
  const task = await added();
  const project = (await member.post('/api/projects', aProject())).body;
  for (const method of ['get', 'delete'] as const) {
    assert.equal((await stranger[method](`/api/tasks/${task.id}`)).status, 404);
  }
  assert.equal((await stranger.patch(`/api/tasks/${task.id}`, { title: 'Mine' })).status, 404);
  assert.equal((await stranger.post('/api/tasks/bulk', { ids: [task.id], change: { status: 'done' } })).status, 422);
  const theirs = await stranger.post('/api/tasks', aTask({ project: project.id, parent: task.id }));
  const none = await stranger.post('/api/tasks', aTask({ project: nobodysId, parent: nobodysId }));
  assert.deepEqual(theirs.body.errors, none.body.errors);
  assert.equal((await member.get(`/api/tasks/${task.id}`)).body.title, task.title);
});

test('a guest sees tasks and changes none', async () => {
  const task = await added();
  const guest = app.as('guest');
  assert.equal((await guest.get(`/api/tasks/${task.id}`)).status, 200);
  assert.equal((await guest.post('/api/tasks', aTask())).status, 403);
  assert.equal((await guest.patch(`/api/tasks/${task.id}`, { status: 'done' })).status, 403);
  assert.equal((await guest.delete(`/api/tasks/${task.id}`)).status, 403);
});

test('a change leaves what it does not name, and null clears', async () => {
  const task = await added({ notes: 'Twice', due: { date: '2027-03-14' }, estimateMinutes: 90, labels: ['shop'] });
  const changed = await member.patch(`/api/tasks/${task.id}`, { due: null, estimateMinutes: 30 });
  const { updatedAt, version, ...rest } = changed.body;
  assert.equal(version, 2);
  assert.ok(updatedAt >= task.updatedAt);
  assert.deepEqual(rest, { ...without(task, 'updatedAt', 'version'), due: null, estimateMinutes: 30 });
});

const without = (object: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

test('a change that someone else overtook is refused, and a deletion too', async () => {
  const task = await added();
  const first = await member.patch(`/api/tasks/${task.id}`, { title: 'One' }, { 'If-Match': '"1"' });
  assert.equal(first.headers.get('etag'), '"2"');
  const second = await member.patch(`/api/tasks/${task.id}`, { title: 'Two' }, { 'If-Match': '"1"' });
  assert.equal(second.status, 412);
  assert.equal((await member.delete(`/api/tasks/${task.id}`, { 'If-Match': '"1"' })).status, 412);
  assert.equal((await member.get(`/api/tasks/${task.id}`)).body.title, 'One');
  assert.equal((await member.delete(`/api/tasks/${task.id}`, { 'If-Match': '"2"' })).status, 204);
  assert.equal((await member.get(`/api/tasks/${task.id}`)).status, 404);
});

test('of two changes at the same moment with the same version one wins', async () => {
  const task = await added();
  const answers = await Promise.all(
    ['One', 'Two', 'Three'].map((title) => member.patch(`/api/tasks/${task.id}`, { title }, { 'If-Match': '"1"' })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
});

test('completing twice is one completion', async () => {
  const task = await added();
  const path = `/api/tasks/${task.id}`;
  const answers = await Promise.all([member.patch(path, { status: 'done' }), member.patch(path, { status: 'done' })]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
  assert.deepEqual(
    answers.map(({ body }) => body.version),
    [2, 2],
  );
  assert.equal(answers[0]!.body.completedAt, answers[1]!.body.completedAt);
  const reopened = await member.patch(path, { status: 'open' });
  assert.equal(reopened.body.completedAt, null);
  await app.settled();
});

test('a task stays in a project that was archived since, and takes no new ones', async () => {
  const project = (await member.post('/api/projects', aProject())).body;
  const task = await added({ project: project.id });
  await member.patch(`/api/projects/${project.id}`, { archived: true });
  assert.equal((await member.patch(`/api/tasks/${task.id}`, { title: 'On', project: project.id })).status, 200);
  const refused = await member.post('/api/tasks', aTask({ project: project.id }));
  assert.deepEqual([refused.status, pointersOf(refused.body)], [422, ['/project']]);
});

test('subtasks of a deleted task move up to its parent', async () => {
  const top = await added();
  const middle = await added({ parent: top.id });
  const leaf = await added({ parent: middle.id });
  assert.equal((await member.delete(`/api/tasks/${middle.id}`)).status, 204);
  assert.equal((await member.get(`/api/tasks/${leaf.id}`)).body.parent, top.id);
  await member.delete(`/api/tasks/${top.id}`);
  assert.equal((await member.get(`/api/tasks/${leaf.id}`)).body.parent, null);
});

test('a bulk change happens to all tasks or to none', async () => {
  const ids = [(await added({ labels: ['a'] })).id, (await added({ labels: ['b'] })).id];
  const refused = await member.post('/api/tasks/bulk', { ids: [...ids, nobodysId], change: { priority: 'high' } });
  assert.deepEqual([refused.status, pointersOf(refused.body)], [422, ['/ids/2']]);
  for (const id of ids) assert.equal((await member.get(`/api/tasks/${id}`)).body.priority, 'none');

  const change = { priority: 'high', addLabels: ['c'], removeLabels: ['b'] };
  const done = await member.post('/api/tasks/bulk', { ids, change });
  assert.equal(done.status, 200);
  assert.deepEqual(
    done.body.items.map((task: { id: string; labels: string[] }) => [task.id, task.labels]),
    [
      [ids[0], ['a', 'c']],
      [ids[1], ['c']],
    ],
  );
});

test('a bulk change that would make a cycle or too many labels changes nothing', async () => {
  const top = await added({ labels: Array.from({ length: 30 }, (_, index) => `l${index}`) });
  const below = await added({ parent: top.id });
  const cycle = await member.post('/api/tasks/bulk', { ids: [top.id], change: { parent: below.id } });
  assert.deepEqual([cycle.status, pointersOf(cycle.body)], [422, ['/change/parent']]);
  const labels = await member.post('/api/tasks/bulk', { ids: [below.id, top.id], change: { addLabels: ['more'] } });
  assert.deepEqual([labels.status, pointersOf(labels.body)], [422, ['/change/addLabels']]);
  assert.deepEqual((await member.get(`/api/tasks/${below.id}`)).body.labels, []);
});
