import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Redis } from 'ioredis';
import { anInstallation, aRedis } from '../redis/test-links.ts';
import { addressOf, serverControl } from '../testing/real-servers.ts';
import { until } from '../testing/until.ts';
import { beingMade, cacheSuite } from './cache.suite.ts';
import { makeRedisCache } from './redis-cache.ts';
import { lockKey, redisLocks } from './redis-locks.ts';

const opened: AsyncDisposable[] = [];
after(() => Promise.all(opened.map((each) => each[Symbol.asyncDispose]())));

/** As many processes of one installation as wanted; word goes round among them as by NOTIFY. */
async function processes(count: number) {
  const installation = anInstallation();
  let now = Temporal.Instant.from('2026-11-25T10:00:00Z');
  const links = await Promise.all(Array.from({ length: count }, () => aRedis({ installation })));
  opened.push(...links);
  const caches: ReturnType<typeof makeRedisCache>[] = [];
  const announce = async (message: string) => {
    for (const cache of caches) cache.forget(message);
  };
  for (const redis of links) caches.push(makeRedisCache({ redis, clock: { now: () => now }, announce }));
  await until(() => links.every((link) => link.there), 'all reach Redis');
  const advance = (seconds: number) => {
    now = now.add({ milliseconds: Math.round(seconds * 1000) });
  };
  return { caches, links, advance };
}

cacheSuite('redis', async () => {
  const { caches, advance } = await processes(1);
  return { cache: caches[0]!, advance };
});

const never = async (): Promise<never> => assert.fail('made again');

test('two processes make a value once, and an invalidation by one is effective in the other at once', async () => {
  const { caches } = await processes(2);
  let made = 0;
  const make = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return ++made;
  };
  const ask = () => Promise.all(Array.from({ length: 40 }, (_, i) => caches[i % 2]!.get('a', 60, make, ['x'])));
  assert.deepEqual(new Set(await ask()), new Set([1]));
  await caches[1]!.invalidate('x');
  assert.deepEqual(new Set(await ask()), new Set([2]));
});

test('who makes what another process invalidates meanwhile overwrites nothing, and nobody waits for it', async () => {
  const { caches } = await processes(2);
  const { before, resolve } = await beingMade(caches[0]!, 'a', ['x']);
  await caches[1]!.invalidate('x');
  assert.equal(await caches[1]!.get('a', 60, async () => 'new', ['x']), 'new');
  resolve('old');
  assert.equal(await before, 'old');
  assert.equal(await caches[0]!.get('a', 60, never, ['x']), 'new');
});

test('fences grow, also after Redis forgot all, and a lock that was lost is not released', async () => {
  const { links } = await processes(1);
  const locks = redisLocks(links[0]!);
  const first = (await locks.take('a', 5000))!;
  assert.equal(await locks.take('a', 5000), undefined);
  const admin = new Redis(addressOf('redis'));
  await admin.del(lockKey(links[0]!, 'a'), `${lockKey(links[0]!, 'a')}:last`);
  const second = (await locks.take('a', 5000))!;
  assert.ok(BigInt(second.fence) > BigInt(first.fence));
  await first.release();
  assert.equal(await locks.take('a', 5000), undefined);
  await second.release();
  assert.ok(await locks.take('a', 5000));
  admin.disconnect();
});

test('Redis may forget everything in the middle', async () => {
  const { caches } = await processes(2);
  await caches[0]!.get('a', 60, async () => 1, ['x']);
  const { before, resolve } = await beingMade(caches[0]!, 'b', ['x']);
  const admin = new Redis(addressOf('redis'));
  await admin.flushall();
  admin.disconnect();
  resolve('made');
  assert.equal(await before, 'made');
  assert.equal(await caches[1]!.get('a', 60, async () => 3, ['x']), 3);
  await caches[1]!.invalidate('x');
  assert.equal(await caches[0]!.get('a', 60, async () => 4, ['x']), 4);
});

for (const how of ['stands still', 'is killed'] as const) {
  test(`while Redis ${how} values are made here, and what was invalidated then is not back when it is`, async () => {
    const { caches, links } = await processes(2);
    for (const key of ['a', 'b']) await caches[0]!.get(key, 600, async () => 'old', ['x']);
    assert.equal(await caches[1]!.get('a', 600, never, ['x']), 'old');
    const server = serverControl('redis');
    if (how === 'is killed') server.kill();
    else server.pause();
    const begun = performance.now();
    try {
      await caches[0]!.invalidate('x');
      for (let i = 0; i < 200; i++) assert.equal(await caches[0]!.get('a', 600, async () => 'new', ['x']), 'new');
      // One deadline is lost and not one for each.
      assert.ok(performance.now() - begun < 5_000);
      assert.equal(links[0]!.there, false);
      assert.equal((await links[0]!.check()).ok, false);
    } finally {
      if (how === 'is killed') await server.start();
      else server.resume();
    }
    await until(() => links.every((link) => link.there), 'both are back');
    for (const cache of caches) assert.notEqual(await cache.get('b', 600, async () => 'new', ['x']), 'old');
  });
}

test('one process that alone lost Redis still invalidates for the others', async () => {
  const { caches, links } = await processes(2);
  await caches[1]!.get('a', 600, async () => 'old', ['x']);
  await links[0]![Symbol.asyncDispose]();
  await caches[0]!.invalidate('x');
  assert.equal(await caches[1]!.get('a', 600, async () => 'new', ['x']), 'new');
});

test('while changes are not heard nothing is kept', async () => {
  const { caches, links } = await processes(1);
  const cache = caches[0]!;
  await cache.get('a', 600, async () => 'old', ['x']);
  cache.hears(false);
  assert.equal(await cache.get('a', 600, async () => 'made', ['x']), 'made');
  cache.hears(true);
  await until(() => links[0]!.there, 'it is reached anew');
  assert.equal(await cache.get('a', 600, async () => 'new', ['x']), 'new');
});
