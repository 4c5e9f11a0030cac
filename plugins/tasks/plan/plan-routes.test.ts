import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import { aTask } from '../testing.ts';

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');
const stranger = app.as('stranger');
const add = async (given: Parameters<typeof aTask>[0] = {}) => (await member.post('/api/tasks', aTask(given))).body.id;
const block = (from: string, to: string, more = {}) => ({
  startsAt: `2027-03-15T${from}:00Z`,
  endsAt: `2027-03-15T${to}:00Z`,
  ...more,
});
const day = 'from=2027-03-15T00:00:00Z&to=2027-03-16T00:00:00Z';

test('a task is planned as often as one likes, for oneself or for somebody else', async () => {
  const task = await add({ title: 'planned' });
  const first = (await member.post(`/api/tasks/${task}/planned-blocks`, block('09:00', '10:00'))).body;
  assert.deepEqual(
    [first.person, first.title, first.zone, first.done],
    [member.person, 'planned', 'Europe/Berlin', false],
  );
  await member.post(`/api/tasks/${task}/planned-blocks`, block('08:00', '08:30'));
  await member.post(`/api/tasks/${task}/planned-blocks`, block('11:00', '12:00', { person: manager.person }));
  const mine = (await member.get(`/api/planned-blocks?${day}`)).body.items;
  assert.deepEqual(
    mine.map(({ startsAt }: { startsAt: string }) => startsAt.slice(11, 16)),
    ['08:00', '09:00'],
  );
  assert.equal((await manager.get(`/api/planned-blocks?${day}`)).body.items.length, 1);
  assert.equal((await member.get(`/api/tasks/${task}/planned-blocks`)).body.items.length, 3);

  const moved = await member.patch(`/api/planned-blocks/${first.id}`, block('15:00', '16:00'), { 'if-match': '"1"' });
  assert.deepEqual([moved.status, moved.body.startsAt, moved.body.version], [200, '2027-03-15T15:00:00Z', 2]);
  assert.equal((await member.patch(`/api/planned-blocks/${first.id}`, {}, { 'if-match': '"1"' })).status, 412);
  await member.patch(`/api/tasks/${task}`, { status: 'done' });
  assert.equal((await member.get(`/api/planned-blocks?${day}`)).body.items[0].done, true);
  assert.equal((await member.delete(`/api/planned-blocks/${first.id}`)).status, 204);
  await member.delete(`/api/tasks/${task}`);
  assert.deepEqual((await member.get(`/api/planned-blocks?${day}`)).body.items, []);
});

test('a block that ends before it begins, or is of nobody here, is refused; and what others planned is theirs', async () => {
  const task = await add();
  const refused = async (body: object, pointer: string) => {
    const answer = await member.post(`/api/tasks/${task}/planned-blocks`, body);
    assert.equal(answer.status, 422);
    assert.equal(answer.body.errors[0].pointer, pointer);
  };
  await refused(block('10:00', '10:00'), '/endsAt');
  await refused({ startsAt: '2027-03-15T09:00:00Z', endsAt: '2027-03-17T09:00:00Z' }, '/endsAt');
  await refused(block('10:00', '11:00', { person: stranger.person }), '/person');
  await refused(block('10:00', '11:00', { zone: 'Mars/Olympus' }), '/zone');
  const { id } = (await member.post(`/api/tasks/${task}/planned-blocks`, block('09:00', '10:00'))).body;
  assert.equal((await stranger.patch(`/api/planned-blocks/${id}`, {})).status, 404);
  assert.equal((await stranger.get(`/api/tasks/${task}/planned-blocks`)).status, 404);
  assert.equal((await member.get(`/api/planned-blocks?${day}&person=${manager.person}`)).status, 403);
  assert.equal((await manager.get(`/api/planned-blocks?${day}&person=${member.person}`)).status, 200);
  assert.equal((await member.get('/api/planned-blocks?from=2027-01-01T00:00:00Z&to=2028-01-01T00:00:00Z')).status, 422);
});
