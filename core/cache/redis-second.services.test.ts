import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { Redis } from 'ioredis';
import { anInstallation, aRedis } from '../redis/test-links.ts';
import { manualClock } from '../testing/clock.ts';
import { addressOf, serverControl } from '../testing/real-servers.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { until } from '../testing/until.ts';
import { redisSecond } from './redis-second.ts';

const clock = manualClock('2026-11-25T10:00:00Z');

test('what one process read the other gets with its age, for no more than a second, and only as it was signed', async () => {
  const installation = anInstallation();
  await using one = await aRedis({ installation });
  await using two = await aRedis({ installation });
  const [here, there] = [one, two].map((redis) => redisSecond({ redis, secret: () => 'secret', clock }));
  here!.put('a', { name: 'Ines' }, 300);
  await until(async () => (await there!.get('a')) !== undefined, 'the other process knows it', 1);
  const found = (await there!.get('a'))!;
  assert.deepEqual(found.value, { name: 'Ines' });
  assert.ok(found.age >= 300 && found.age < 1000, `${found.age}`);
  await until(async () => (await there!.get('a')) === undefined, 'it has ended', 1);

  here!.put('b', { name: 'Ines' }, 0);
  assert.equal(await redisSecond({ redis: two, secret: () => 'other', clock }).get('b'), undefined);
  const admin = new Redis(addressOf('redis'));
  const key = `${one.prefix}second:b`;
  const kept = (await admin.get(key))!;
  await admin.set(key, kept.replace('Ines', 'Root'), 'PX', 900);
  assert.equal(await there!.get('b'), undefined);
  await admin.set(key, kept, 'PX', 900);
  assert.ok(await there!.get('b'));
  clock.advance({ seconds: 11 });
  await admin.set(key, kept, 'PX', 900);
  assert.equal(await there!.get('b'), undefined, 'put back again and again');
  await admin.set(`${one.prefix}second:c`, kept, 'PX', 900);
  assert.equal(await there!.get('c'), undefined);
  there!.forget('b');
  assert.equal(await there!.get('b'), undefined);
  admin.disconnect();
});

const revoke = statement<[person: string], { id: string }>(
  'test.revoke',
  'update personal_token set revoked_at = now() where person_id = $1 returning id',
);

/** Milliseconds until the token of somebody who goes on asking is refused by the other platform. */
async function untilRefused(first: TestPlatform, second: TestPlatform): Promise<number> {
  const client = await first.person('member');
  const elsewhere = () =>
    fetch(`${second.url}/api/me`, { headers: { authorization: `Bearer ${client.token}` } }).then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    });
  for (let i = 0; i < 3; i++) {
    assert.equal((await client.get('/api/me')).status, 200);
    assert.equal(await elsewhere(), 200);
  }
  const begun = performance.now();
  const rows = await first.platform.pools.database('users').query(revoke, [client.person!]);
  assert.equal(rows.length, 1);
  await until(async () => (await elsewhere()) === 401, 'the token is refused', 5);
  return performance.now() - begun;
}

test('a token that is revoked is refused by the other process within a second, with Redis there, still and killed', async () => {
  const settings = { cache: 'redis' as const };
  await using first = await makeTestPlatform({ settings });
  await using second = await makeTestPlatform({ beside: first, settings });
  const isOk = async () =>
    (await first.platform.health.report()).parts.find(({ name }) => name === 'redis')?.state === 'ok';
  await until(isOk, 'Redis is well');
  const server = serverControl('redis');
  const took = [await untilRefused(first, second)];
  server.pause();
  try {
    took.push(await untilRefused(first, second));
  } finally {
    server.resume();
  }
  await until(isOk, 'Redis is well');
  server.kill();
  try {
    took.push(await untilRefused(first, second));
  } finally {
    await server.start();
  }
  await until(isOk, 'Redis is well');
  for (const milliseconds of took) assert.ok(milliseconds < 1000, took.join(' '));
});
