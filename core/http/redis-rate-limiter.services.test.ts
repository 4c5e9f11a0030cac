import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { RedisLink } from '../redis/redis.ts';
import { anInstallation, aRedis } from '../redis/test-links.ts';
import { serverControl } from '../testing/real-servers.ts';
import { until } from '../testing/until.ts';
import { rateLimiterSuite } from './rate-limiter.suite.ts';
import { redisRateLimiter } from './redis-rate-limiter.ts';

const links: RedisLink[] = [];
after(async () => {
  for (const link of links) await link[Symbol.asyncDispose]();
});
const open = async (installation = anInstallation()) => {
  const link = await aRedis({ installation });
  links.push(link);
  return link;
};

const shared = await open();
rateLimiterSuite(() => {
  let ahead = 0;
  // Keys of its own for each test, on one link.
  const redis = Object.create(shared, { prefix: { value: `${shared.prefix}${randomUUID()}:` } }) as RedisLink;
  return {
    limiter: redisRateLimiter({ redis, now: () => ahead, ahead: () => ahead }),
    pass(seconds) {
      ahead += seconds * 1000;
    },
  };
});

test('two processes count one limit together', async () => {
  const installation = anInstallation();
  const limiters = [await open(installation), await open(installation)].map((redis) =>
    redisRateLimiter({ redis, now: () => performance.now() }),
  );
  const buckets = limiters.map((limiter) => limiter.bucket({ name: 'x', limit: 10, windowSeconds: 600 }));
  let allowed = 0;
  for (let i = 0; i < 20; i += 1) if ((await buckets[i % 2]!.take('a')).allowed) allowed += 1;
  assert.equal(allowed, 10);
});

test('without Redis the limit holds in each process, from what that has seen', async () => {
  const redis = await open();
  const bucket = redisRateLimiter({ redis, now: () => performance.now() }).bucket({
    name: 'anonymous',
    limit: 10,
    windowSeconds: 600,
  });
  for (let i = 0; i < 6; i += 1) assert.ok((await bucket.take('a')).allowed);
  const control = serverControl('redis');
  control.pause();
  try {
    let allowed = 0;
    for (let i = 0; i < 20; i += 1) if ((await bucket.take('a')).allowed) allowed += 1;
    assert.equal(allowed, 4);
  } finally {
    control.resume();
  }
  await until(() => redis.there, 'Redis reached again');
  assert.ok((await bucket.take('b')).allowed);
});
