import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { testDatabases } from '../testing/databases.ts';
import { makePools } from './pools.ts';

const { secrets, pools, provisioner } = await testDatabases(['things', 'notes']);
after(() => pools[Symbol.asyncDispose]());

test('who waits for a connection gets one, although the pool is renewed meanwhile', async () => {
  await using small = makePools({ secrets, budget: 2 });
  const held = [await small.connect('things'), await small.connect('things')];
  const waiting = Array.from({ length: 3 }, () => small.connect('things'));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(small.gauge()[0]!.waiting, 3);
  const renewed = small.renew('things');
  for (const client of held) client.release();
  for (const connected of waiting) {
    const client = await connected;
    assert.ok(!held.includes(client), 'those from before are not used again');
    await client.query('select 1');
    client.release();
  }
  await renewed;
});

test('a login that is refused also with the secret as it is now is an error, and the next one is tried anew', async () => {
  await using own = makePools({ secrets, budget: 4 });
  const { value } = (await secrets.read('databases/things'))!;
  await secrets.write('databases/things', { ...value, password: 'wrong' });
  await assert.rejects(own.connect('things'), /password authentication failed/);
  await secrets.write('databases/things', value);
  (await own.connect('things')).release();
});

test('many that find the password changed at once all get in', async () => {
  await using own = makePools({ secrets, budget: 20 });
  (await own.connect('things')).release(true);
  await provisioner.rotate('things');
  const clients = await Promise.all(Array.from({ length: 12 }, () => own.connect('things').then((c) => c.release())));
  assert.equal(clients.length, 12);
});

test('the kernel’s own tables are reached by the connections of the plugin, and show no row of the plugin by them', async () => {
  await using own = makePools({ secrets, budget: 4 });
  const database = own.bookkeeping('things');
  const reach = statement<[], { reach: string | null }>(
    'test.reach',
    `select nullif(current_setting('tc.reach', true), '') as reach from tc.version`,
  );
  assert.deepEqual(await database.query(reach, []), [{ reach: null }]);
  assert.deepEqual(await own.database('things').query(reach, []), [{ reach: 'system' }]);
  (await own.connect('things')).release();
  assert.equal(own.gauge().length, 2);
});
