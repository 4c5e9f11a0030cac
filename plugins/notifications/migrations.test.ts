import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTestPlatform, migrationRoundTrip } from '@task-connect/testing';

const app = await makeTestPlatform({
  plugins: ['herald', 'notifications'],
  pluginFolders: [fileURLToPath(new URL('./testing/', import.meta.url))],
});
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

test('all migrations can be taken back with rows in every table, and make the same tables again', async () => {
  const tell = (key: string) => member.post('/api/herald', { person: member.person, title: 'News', key });
  const choice = { plugin: 'herald', kind: 'gossip', channels: { 'in-app': true, email: true } };
  assert.equal((await tell('before')).status, 204);
  assert.equal((await member.put('/api/notification-preferences', choice)).status, 200);
  await app.settled();

  const trip = await migrationRoundTrip(app, 'notifications');
  for (const [table, count] of Object.entries(trip.rows)) assert.ok(count > 0, `${table} had no row`);
  assert.equal(Object.keys(trip.rows).length, 4);
  assert.equal(trip.migrations.length, 4);
  assert.deepEqual(trip.left, []);
  assert.equal(trip.after, trip.before);
  assert.equal((await tell('after')).status, 204);
  await app.settled();
  assert.equal((await member.get('/api/notifications')).body.items.length, 1);
});
