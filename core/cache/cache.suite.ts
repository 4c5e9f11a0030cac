import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { SharedCache } from './cache.ts';

type Made = { cache: SharedCache; advance: (seconds: number) => void };

/** A value whose making has begun, and ends with `resolve`. */
export async function beingMade(cache: SharedCache, key: string, tags: readonly string[]) {
  const begun = Promise.withResolvers<void>();
  const { promise, resolve } = Promise.withResolvers<string>();
  const make = () => {
    begun.resolve();
    return promise;
  };
  const before = cache.get(key, 10, make, tags);
  await begun.promise;
  return { before, resolve };
}

/** What every cache keeps. `advance` moves the clock that the cache reads. */
export function cacheSuite(name: string, make: (context: TestContext) => Promise<Made>): void {
  const counter = () => {
    let count = 0;
    return async () => ({ count: ++count });
  };

  test(`${name}: a value is made once and kept for its time, not longer`, async (context) => {
    const { cache, advance } = await make(context);
    const next = counter();
    assert.deepEqual(await cache.get('a', 10, next), { count: 1 });
    advance(9.999);
    assert.deepEqual(await cache.get('a', 10, next), { count: 1 });
    advance(0.001);
    assert.deepEqual(await cache.get('a', 10, next), { count: 2 });
    assert.deepEqual(await cache.get('b', 10, next), { count: 3 });
  });

  test(`${name}: null, false, 0 and the empty text are values like others`, async (context) => {
    const { cache } = await make(context);
    for (const value of [null, false, 0, '']) {
      const key = JSON.stringify(value);
      assert.equal(await cache.get<unknown>(key, 10, async () => value), value);
      assert.equal(await cache.get<unknown>(key, 10, async () => assert.fail('made again')), value);
    }
  });

  test(`${name}: many who ask at once wait for one making`, async (context) => {
    const { cache } = await make(context);
    const next = counter();
    const values = await Promise.all(Array.from({ length: 50 }, () => cache.get('a', 10, next)));
    assert.deepEqual(new Set(values.map(({ count }) => count)), new Set([1]));
    assert.equal(values.length, 50);
  });

  test(`${name}: a failure reaches all who wait and is not kept`, async (context) => {
    const { cache } = await make(context);
    const fail = async (): Promise<number> => {
      throw new Error('the database is away');
    };
    const results = await Promise.allSettled([cache.get('a', 10, fail), cache.get('a', 10, fail)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(await cache.get('a', 10, async () => 7), 7);
  });

  test(`${name}: a tag that is invalidated takes what has it, and nothing else`, async (context) => {
    const { cache } = await make(context);
    const next = counter();
    await cache.get('a', 10, next, ['x', 'y']);
    await cache.get('b', 10, next, ['y']);
    await cache.get('c', 10, next);
    await cache.invalidate('x');
    assert.deepEqual(await cache.get('b', 10, next, ['y']), { count: 2 });
    assert.deepEqual(await cache.get('c', 10, next), { count: 3 });
    assert.deepEqual(await cache.get('a', 10, next, ['x', 'y']), { count: 4 });
    await cache.invalidate('y');
    await cache.invalidate('unknown');
    assert.deepEqual(await cache.get('b', 10, next, ['y']), { count: 5 });
    assert.deepEqual(await cache.get('a', 10, next, ['x', 'y']), { count: 6 });
  });

  test(`${name}: what was read before an invalidation is not kept after it`, async (context) => {
    const { cache } = await make(context);
    const { before, resolve } = await beingMade(cache, 'a', ['x']);
    await cache.invalidate('x');
    const after = cache.get('a', 10, async () => 'new', ['x']);
    resolve('old');
    assert.equal(await before, 'old');
    assert.equal(await after, 'new');
    assert.equal(await cache.get('a', 10, async () => assert.fail('made again'), ['x']), 'new');
  });

  test(`${name}: forgetting all leaves nothing, not even what is being made`, async (context) => {
    const { cache } = await make(context);
    const next = counter();
    await cache.get('a', 10, next);
    const { before, resolve } = await beingMade(cache, 'b', []);
    await cache.forgetAll();
    resolve('old');
    await before;
    assert.deepEqual(await cache.get('a', 10, next), { count: 2 });
    assert.deepEqual(await cache.get<unknown>('b', 10, next), { count: 3 });
  });

  test(`${name}: what one caller does to a value, no other sees`, async (context) => {
    const { cache } = await make(context);
    const first = await cache.get('a', 10, async () => ({ list: [{ n: 1 }] }));
    try {
      first.list[0]!.n = 2;
    } catch (error) {
      assert.ok(error instanceof TypeError);
    }
    assert.deepEqual(await cache.get<unknown>('a', 10, async () => null), { list: [{ n: 1 }] });
  });

  test(`${name}: while changes are not heard nothing is given out from before, and nothing is kept`, async (context) => {
    const { cache } = await make(context);
    const next = counter();
    await cache.get('a', 10, next);
    cache.hears(false);
    assert.deepEqual(await cache.get('a', 10, next), { count: 2 });
    assert.deepEqual(await cache.get('a', 10, next), { count: 3 });
    cache.hears(true);
    assert.deepEqual(await cache.get('a', 10, next), { count: 4 });
    assert.deepEqual(await cache.get('a', 10, next), { count: 4 });
  });
}
