import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cacheSuite } from './cache.suite.ts';
import { makeMemoryCache } from './memory-cache.ts';

function setUp(entries = 1000, announce?: (tag: string) => Promise<void>) {
  let now = Temporal.Instant.from('2026-11-25T10:00:00Z');
  const cache = makeMemoryCache({ clock: { now: () => now }, entries, ...(announce ? { announce } : {}) });
  const advance = (seconds: number) => {
    now = now.add({ milliseconds: Math.round(seconds * 1000) });
  };
  return { cache, advance };
}

cacheSuite('memory', async () => setUp());

test('no more than the given number of entries is kept; the one not used for longest goes first', async () => {
  const { cache } = setUp(2);
  const made: string[] = [];
  const get = (key: string) => cache.get(key, 10, async () => made.push(key), ['all']);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
  assert.deepEqual(made, ['a', 'b', 'c', 'b']);
});

test('an invalidation is told to other processes, and what they tell is not told back', async () => {
  const told: string[] = [];
  const { cache } = setUp(10, async (tag) => void told.push(tag));
  await cache.invalidate('x');
  cache.forget('y');
  assert.deepEqual(told, ['x']);
});

test('whatever happens in between, nobody gets a value from before the last invalidation or past its time', async () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const tag = fc.constantFrom('x', 'y');
  const step = fc.oneof(
    fc.record({
      do: fc.constant('get' as const),
      key,
      ttl: fc.integer({ min: 0, max: 20 }),
      tags: fc.uniqueArray(tag),
    }),
    fc.record({ do: fc.constant('invalidate' as const), tag }),
    fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: 1, max: 10 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { cache, advance } = setUp(2);
      let time = 0;
      const invalidated: Record<string, number> = { x: -1, y: -1 };
      for (const [turn, one] of steps.entries()) {
        if (one.do === 'advance') {
          time += one.seconds;
          advance(one.seconds);
        } else if (one.do === 'invalidate') {
          invalidated[one.tag] = turn;
          await cache.invalidate(one.tag);
        } else {
          const fresh = { turn, until: time + one.ttl, tags: one.tags };
          const value = await cache.get(one.key, one.ttl, async () => fresh, one.tags);
          assert.ok(value.turn === turn || time < value.until);
          for (const tag of value.tags) assert.ok(invalidated[tag]! < value.turn);
        }
      }
    }),
  );
});
