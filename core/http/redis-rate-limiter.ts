import type { RedisLink, Script } from '../redis/redis.ts';
import { memoryRateLimiter } from './memory-rate-limiter.ts';
import type { Bucket, LimitPolicy, RateLimiter, Verdict } from './rate-limiter.ts';

// Limits that all processes count together: the algorithm of memory-rate-limiter.ts as one script, by the clock of
// Redis, since those of the processes differ. What is let through is counted here as well, so that without Redis the
// same policy goes on from what this process has seen, and nobody is let through uncounted.

const take: Script = {
  name: 'take',
  keys: 1,
  lua: `local t = redis.call('time')
    local now = t[1] * 1000 + t[2] / 1000 + tonumber(ARGV[3])
    local window, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
    local interval = window / limit
    local full = tonumber(redis.call('get', KEYS[1]) or now)
    if full < now then full = now end
    -- The clock of the server was set back: nobody waits for longer than a window.
    if full > now + window then full = now + window end
    local following = full + interval
    local allowed = following - now <= window + 0.001
    if allowed then redis.call('set', KEYS[1], string.format('%.3f', following), 'px', math.ceil(following - now) + 1000) end
    return { allowed and 1 or 0, string.format('%.3f', full - now), string.format('%.3f', interval) }`,
};

export function redisRateLimiter(needs: {
  redis: RedisLink;
  /** Milliseconds that only go up, for counting here. */
  now: () => number;
  /** For tests: how far the clock of Redis is put forward. */
  ahead?: () => number;
}): RateLimiter {
  const { redis, ahead = () => 0 } = needs;
  const here = memoryRateLimiter({ now: needs.now });

  function bucket(policy: LimitPolicy): Bucket {
    const own = here.bucket(policy);
    const window = policy.windowSeconds * 1000;
    async function ask(key: string): Promise<Verdict> {
      try {
        const [allowed, used, interval] = (await redis.ask(
          take,
          [`${redis.prefix}limit:${policy.name}:${key}`],
          [window, policy.limit, ahead()],
        )) as [number, string, string];
        const verdict = toVerdict(allowed === 1, Number(used), Number(interval), window);
        if (verdict.allowed) own.take(key);
        return verdict;
      } catch {
        return own.take(key);
      }
    }
    return { policy, take: (key) => (redis.there ? ask(key) : own.take(key)) };
  }
  return { bucket };
}

function toVerdict(allowed: boolean, used: number, interval: number, window: number): Verdict {
  const after = allowed ? used + interval : used;
  return {
    allowed,
    remaining: allowed ? Math.max(0, Math.floor((window - after) / interval + 1e-4)) : 0,
    resetSeconds: Math.ceil(after / 1000),
    retrySeconds: allowed ? 0 : Math.max(1, Math.ceil((used + interval - window) / 1000)),
  };
}
