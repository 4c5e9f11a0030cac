import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@task-connect/sdk';
import { RedisAway, type RedisLink } from '../redis/redis.ts';
import type { SharedCache } from './cache.ts';
import { makeMemoryCache } from './memory-cache.ts';
import { end, keep, read } from './redis-cache-scripts.ts';
import { lockKey, redisLocks } from './redis-locks.ts';

// The cache that processes share. Each question goes to Redis, so that an invalidation is effective everywhere at once.
// Without Redis each process keeps values by itself, and invalidations go round by word of mouth (`announce`), which
// they always do. An invalidation that Redis did not take is not lost when it is back: whoever reaches Redis anew
// begins a new epoch before it trusts anything there, and whoever never lost it is told and does the invalidation.

/** Longer than making a value should take; a maker that takes longer is joined by a second, and keeps nothing. */
const lockMilliseconds = 10_000;
const mostCharacters = 1_000_000;

export function makeRedisCache(needs: {
  redis: RedisLink;
  clock: Clock;
  /** Tells all processes; what they hear goes to `forget`. */
  announce: (message: string) => Promise<void>;
}): SharedCache {
  const { redis, clock } = needs;
  const alone = makeMemoryCache({ clock, entries: 1000 });
  const locks = redisLocks(redis);
  const flights = new Map<string, Promise<string>>();
  const epoch = `${redis.prefix}cache:epoch`;
  const tags = `${redis.prefix}cache:tag:`;
  const now = () => clock.now().epochMilliseconds;
  let hearing = true;

  redis.whenBack(async (ask) => {
    await ask(end, [epoch]);
    await alone.forgetAll();
  });

  type Wanted = { key: string; ttlSeconds: number; tags: readonly string[]; make: () => Promise<unknown> };

  async function find({ key, tags: named }: Wanted) {
    const keys = [epoch, `${redis.prefix}cache:value:${key}`, tags];
    const [hit, ...rest] = (await redis.ask(read, keys, [now(), randomUUID(), ...named])) as [number, ...string[]];
    return hit ? { value: rest[0]! } : { version: rest };
  }

  /** As JSON. One maker for each version in all processes; the others look again until it is there. */
  async function fly(wanted: Wanted, version: string[]): Promise<string> {
    for (let wait = 4; ; wait = Math.min(64, wait * 2)) {
      // Whoever makes what was outdated since has a lock of another name: nobody waits for it.
      const name = `cache:${createHash('sha256')
        .update(JSON.stringify([wanted.key, version]))
        .digest('base64url')}`;
      const lock = await locks.take(name, lockMilliseconds);
      if (!lock) await pause(wait);
      // Also with the lock: the last holder may have kept the value since it was looked for.
      const found = await find(wanted);
      const same = found.value === undefined && isDeepStrictEqual(found.version, version);
      if (lock && same) return makeUnder(wanted, version, name, lock);
      await lock?.release();
      if (found.value !== undefined) return found.value;
      version = found.version;
    }
  }

  async function makeUnder(
    wanted: Wanted,
    [generation, ...tagged]: string[],
    name: string,
    lock: { fence: string; release(): Promise<void> },
  ): Promise<string> {
    const { key, ttlSeconds } = wanted;
    try {
      const value = JSON.stringify({ value: await wanted.make() });
      const ends = now() + ttlSeconds * 1000;
      const stamp = JSON.stringify(Object.fromEntries(wanted.tags.map((tag, i) => [tag, tagged[i]])));
      if (ttlSeconds > 0 && value.length <= mostCharacters) {
        const keys = [epoch, `${redis.prefix}cache:value:${key}`, tags, lockKey(redis, name)];
        const values = [lock.fence, generation!, ends, Math.ceil(ttlSeconds * 1000), value, stamp];
        // Made it is; that it cannot be kept is no fault of who asked.
        await redis.ask(keep, keys, values).catch(() => undefined);
      }
      return value;
    } finally {
      await lock.release().catch(() => undefined);
    }
  }

  async function together(wanted: Wanted): Promise<string> {
    const found = await find(wanted);
    if (found.value !== undefined) return found.value;
    const flight = JSON.stringify([wanted.key, found.version]);
    const known = flights.get(flight);
    if (known) return known;
    const mine = fly(wanted, found.version).finally(() => flights.delete(flight));
    flights.set(flight, mine);
    return mine;
  }

  async function invalidateHere(tag: string): Promise<boolean> {
    alone.forget(tag);
    return redis.ask(end, [tags + tag]).then(
      () => true,
      () => false,
    );
  }

  return {
    async get<T>(key: string, ttlSeconds: number, make: () => Promise<T>, named: readonly string[] = []): Promise<T> {
      if (!hearing) return make();
      if (redis.there) {
        try {
          return JSON.parse(await together({ key, ttlSeconds, tags: [...new Set(named)], make })).value as T;
        } catch (error) {
          if (!(error instanceof RedisAway)) throw error;
        }
      }
      return alone.get(key, ttlSeconds, make, named);
    },
    async invalidate(tag) {
      await needs.announce(`${(await invalidateHere(tag)) ? '+' : '!'}${tag}`);
    },
    forget(message) {
      const tag = message.slice(1);
      if (message.startsWith('+')) alone.forget(tag);
      else void invalidateHere(tag);
    },
    hears(on) {
      hearing = on;
      // What others could not tell Redis was told to nobody here.
      if (on) redis.cut('Changes were not heard for a while; what it holds is begun anew.');
      void alone.forgetAll();
    },
    async forgetAll() {
      await alone.forgetAll();
      await redis.ask(end, [epoch]).catch(() => undefined);
    },
  };
}
