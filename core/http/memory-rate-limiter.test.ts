import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryRateLimiter } from './memory-rate-limiter.ts';
import { rateLimiterSuite } from './rate-limiter.suite.ts';

rateLimiterSuite(() => {
  let now = 1_000;
  return {
    limiter: memoryRateLimiter({ now: () => now }),
    pass: (seconds) => {
      now += seconds * 1000;
    },
  };
});

test('a million addresses do not fill the memory, and the newest is still counted', () => {
  const bucket = memoryRateLimiter({ now: () => 0 }).bucket({ name: 'x', limit: 1, windowSeconds: 60 });
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 1_000_000; i++) bucket.take(`address ${i}`);
  assert.ok(process.memoryUsage().heapUsed - before < 100_000_000);
  assert.deepEqual(bucket.take('address 999999'), { allowed: false, remaining: 0, resetSeconds: 60, retrySeconds: 60 });
});
