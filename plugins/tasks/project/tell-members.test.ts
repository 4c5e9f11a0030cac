import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aProject } from '../testing.ts';

const clock = manualClock('2027-03-12T08:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks', 'notifications'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');

const toldOf = async (client: typeof member, title: string): Promise<string[]> =>
  (await client.get('/api/notifications?limit=200')).body.items
    .filter((item: { title: string }) => item.title === title)
    .map(({ body }: { body: string }) => body);
async function wait(minutes: number): Promise<void> {
  await app.settled();
  clock.advance({ minutes });
  await app.settled();
}

test('members hear once of a burst of changes, and not of what they did themselves', async () => {
  const project = (await member.post('/api/projects', aProject({ name: 'Tent' }))).body;
  const path = `/api/projects/${project.id}`;
  assert.deepEqual(
    (await member.get(`${path}/members`)).body.items.map(({ name }: { name: string }) => name),
    ['member'],
  );
  await member.post(`${path}/members`, { person: manager.person });
  await member.patch(path, { notes: 'one' });
  await wait(1);
  await member.patch(path, { notes: 'two' });
  await member.patch(path, { name: 'Tent 2' });
  await wait(1);
  assert.deepEqual(await toldOf(manager, 'Tent 2'), []);
  await wait(1);
  assert.deepEqual(await toldOf(manager, 'Tent 2'), ['member changed the name, the notes and the members.']);
  assert.deepEqual(await toldOf(member, 'Tent 2'), []);

  await manager.patch(path, { notes: 'three' });
  await wait(2);
  assert.deepEqual(await toldOf(member, 'Tent 2'), ['manager changed the notes.']);
  assert.equal((await toldOf(manager, 'Tent 2')).length, 1);
});

test('a burst that does not end is told of after ten minutes', async () => {
  const project = (await member.post('/api/projects', aProject({ name: 'Restless' }))).body;
  await member.post(`/api/projects/${project.id}/members`, { person: manager.person });
  for (let minute = 0; minute < 11; minute += 1) {
    await member.patch(`/api/projects/${project.id}`, { notes: `at ${minute}` });
    await wait(1);
  }
  assert.equal((await toldOf(manager, 'Restless')).length, 1);
});

test('a stranger and somebody of another organisation come into no project', async () => {
  const project = (await member.post('/api/projects', aProject())).body;
  const path = `/api/projects/${project.id}/members`;
  assert.equal((await member.post(path, { person: app.as('stranger').person })).status, 422);
  assert.equal((await app.as('stranger').get(path)).status, 404);
  assert.equal((await member.delete(`${path}/${manager.person}`)).status, 404);
  assert.equal((await member.delete(`${path}/${member.person}`)).status, 200);
});
