import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RateLimiter } from './rate-limiter.ts';

/** What every adapter of the port must do. `make` gives a limiter and the hands of its clock. */
export function rateLimiterSuite(make: () => { limiter: RateLimiter; pass(seconds: number): void }): void {
  test('as many requests as the limit pass at once, then none', async () => {
    const bucket = make().limiter.bucket({ name: 'x', limit: 5, windowSeconds: 60 });
    const remaining: number[] = [];
    for (let i = 0; i < 5; i++) {
      const verdict = await bucket.take('a');
      assert.equal(verdict.allowed, true);
      remaining.push(verdict.remaining);
    }
    assert.deepEqual(remaining, [4, 3, 2, 1, 0]);
    const refused = await bucket.take('a');
    assert.deepEqual(refused, { allowed: false, remaining: 0, resetSeconds: 60, retrySeconds: 12 });
  });

  test('after the time that is said, one more passes and not two', async () => {
    const { limiter, pass } = make();
    const bucket = limiter.bucket({ name: 'x', limit: 5, windowSeconds: 60 });
    for (let i = 0; i < 5; i++) await bucket.take('a');
    pass(12);
    assert.equal((await bucket.take('a')).allowed, true);
    assert.equal((await bucket.take('a')).allowed, false);
  });

  test('a refused request does not lengthen the wait', async () => {
    const { limiter, pass } = make();
    const bucket = limiter.bucket({ name: 'x', limit: 2, windowSeconds: 10 });
    for (let i = 0; i < 20; i++) await bucket.take('a');
    pass(10);
    assert.equal((await bucket.take('a')).remaining, 1);
  });

  test('keys and policies do not take from each other', async () => {
    const { limiter } = make();
    const one = limiter.bucket({ name: 'one', limit: 1, windowSeconds: 60 });
    const two = limiter.bucket({ name: 'two', limit: 1, windowSeconds: 60 });
    assert.equal((await one.take('a')).allowed, true);
    assert.equal((await one.take('b')).allowed, true);
    assert.equal((await two.take('a')).allowed, true);
    assert.equal((await one.take('a')).allowed, false);
  });

  test('a steady client below the rate is never refused', async () => {
    const { limiter, pass } = make();
    const bucket = limiter.bucket({ name: 'x', limit: 10, windowSeconds: 10 });
    let passed = 0;
    for (let i = 0; i < 100; i++) {
      if ((await bucket.take('a')).allowed) passed++;
      pass(1);
    }
    assert.equal(passed, 100);
  });
}
