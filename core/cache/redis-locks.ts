import type { RedisLink, Script } from '../redis/redis.ts';
import type { Locks } from './locks.ts';

// The fence is the time of Redis in microseconds, or one more than the last: so it grows also after Redis lost all it
// held, which a counter would not.

const take: Script = {
  name: 'lock_take',
  keys: 2,
  lua: `if redis.call('get', KEYS[1]) then return false end
    local t = redis.call('time')
    local fence = t[1] * 1000000 + t[2]
    local last = tonumber(redis.call('get', KEYS[2]) or 0)
    if fence <= last then fence = last + 1 end
    fence = string.format('%.0f', fence)
    redis.call('set', KEYS[1], fence, 'px', ARGV[1])
    redis.call('set', KEYS[2], fence, 'px', ARGV[1] * 10)
    return fence`,
};

const release: Script = {
  name: 'lock_release',
  keys: 1,
  lua: `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`,
};

export const lockKey = (redis: RedisLink, name: string) => `${redis.prefix}lock:${name}`;

/** Locks in Redis; while it is away, taking fails with RedisAway. */
export function redisLocks(redis: RedisLink): Locks {
  return {
    async take(name, milliseconds) {
      const key = lockKey(redis, name);
      const fence = (await redis.ask(take, [key, `${key}:last`], [milliseconds])) as string | null;
      if (fence === null) return undefined;
      return { fence, release: async () => void (await redis.ask(release, [key], [fence])) };
    },
  };
}
