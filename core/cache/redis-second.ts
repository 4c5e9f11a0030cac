import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@task-connect/sdk';
import type { RedisLink, Script } from '../redis/redis.ts';
import type { SharedSecond } from './shared-second.ts';

// Ages are told by the time that Redis will still keep a value, so clocks of processes do not matter, and a server that
// stood still or was started anew gives out nothing that is too old. Values are signed: who may write to Redis must
// not thereby become somebody else. That one could also put an old value back again and again, so the time of day is
// signed with it, and one that is much older than a second is refused; clocks may differ by the rest.

const most = 1000;
const mostByTheClock = 10_000;

const get: Script = {
  name: 'second_get',
  keys: 1,
  lua: `local found = redis.call('get', KEYS[1])
    if not found then return false end
    return { found, redis.call('pttl', KEYS[1]) }`,
};
const put: Script = {
  name: 'second_put',
  keys: 1,
  lua: `return redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])`,
};
const forget: Script = { name: 'second_forget', keys: 1, lua: `return redis.call('del', KEYS[1])` };

/** `secret` is the same in all processes of the installation. */
export function redisSecond({
  redis,
  secret,
  clock,
}: {
  redis: RedisLink;
  secret: () => string;
  clock: Clock;
}): SharedSecond {
  const now = () => clock.now().epochMilliseconds;
  const full = (key: string) => `${redis.prefix}second:${key}`;
  const sign = (key: string, text: string) =>
    createHmac('sha256', `shared second ${secret()}`).update(`${key}\n${text}`).digest('base64url');

  return {
    async get(key) {
      if (!redis.there) return undefined;
      const found = (await redis.ask(get, [full(key)]).catch(() => null)) as [string, number] | null;
      if (!found || found[1] <= 0 || found[1] > most) return undefined;
      const [signature, text] = [found[0].slice(0, 43), found[0].slice(43)];
      const [given, expected] = [Buffer.from(signature), Buffer.from(sign(key, text))];
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      const { at, value } = JSON.parse(text) as { at: number; value: unknown };
      return Math.abs(now() - at) > mostByTheClock ? undefined : { value, age: most - found[1] };
    },
    put(key, value, age) {
      const left = Math.floor(most - age);
      if (left <= 0 || !redis.there) return;
      const text = JSON.stringify({ at: now(), value });
      redis.ask(put, [full(key)], [sign(key, text) + text, left]).catch(() => undefined);
    },
    forget(key) {
      if (redis.there) redis.ask(forget, [full(key)]).catch(() => undefined);
    },
  };
}
