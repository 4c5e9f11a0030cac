import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import { aTask } from '../testing.ts';

const clock = manualClock('2027-03-12T08:00:00Z');
const app = await makeTestPlatform({
  plugins: ['tasks', 'notifications', 'busy'],
  pluginFolders: [fileURLToPath(new URL('../testing/', import.meta.url))],
  clock,
});
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const told = async (title: string): Promise<number> =>
  (await member.get('/api/notifications?limit=200')).body.items.filter(
    (item: { title: string }) => item.title === title,
  ).length;
async function moveTo(time: string): Promise<void> {
  await app.settled();
  clock.set(Temporal.Instant.from(time));
  await app.settled();
}

test('during a booking a reminder waits for its end; with bookings off it does not', async () => {
  await member.post('/api/tasks', aTask({ title: 'held', due: { at: '2027-03-12T11:10:00Z' } }));
  await moveTo('2027-03-12T10:10:00Z');
  assert.equal(await told('held'), 0);
  await moveTo('2027-03-12T10:29:59Z');
  assert.equal(await told('held'), 0);
  await moveTo('2027-03-12T10:30:00Z');
  assert.equal(await told('held'), 1);

  await app.platform.kernel.disable('busy');
  await member.post('/api/tasks', aTask({ title: 'free', due: { at: '2027-03-12T13:10:00Z' } }));
  await moveTo('2027-03-12T12:10:00Z');
  assert.equal(await told('free'), 1);
});
