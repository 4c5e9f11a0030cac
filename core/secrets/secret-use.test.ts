import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { makeSecretUses } from './secret-use.ts';

test('the newest reading of each reader is noted once, and a path that is not there is not', async () => {
  let now = Temporal.Instant.from('2027-01-05T09:00:00Z');
  const store = memorySecrets();
  await store.write('services/s3', { key: 'x' });
  const uses = makeSecretUses({ clock: { now: () => now } });
  const [tasks, notes] = [uses.as(store, 'tasks'), uses.as(store, 'notes')];
  await tasks.read('services/s3');
  now = now.add({ seconds: 5 });
  assert.deepEqual((await tasks.read('services/s3'))?.value, { key: 'x' });
  await notes.read('services/s3');
  await notes.read('services/none');
  await store.read('services/s3');
  assert.deepEqual(uses.take(), [
    { path: 'services/s3', usedBy: 'tasks', at: '2027-01-05T09:00:05Z' },
    { path: 'services/s3', usedBy: 'notes', at: '2027-01-05T09:00:05Z' },
  ]);
  assert.deepEqual(uses.take(), []);
});
