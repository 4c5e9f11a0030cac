import type { Log } from '@task-connect/sdk';
import { Redis } from 'ioredis';
import type { SecretStore } from '../secrets/secrets.ts';
import { faultInWords } from './redis-faults.ts';
import { type RedisAddress, readRedisSecret } from './redis-secret.ts';

// The one connection of a process to Redis. Promises: a command is answered within its deadline or fails; the first that
// fails cuts the connection, and from then on all fail at once, without waiting, until Redis was reached again and does
// all that is asked of it. So an outage costs a request one deadline at most, and nothing piles up. Comes back by itself.
// Leaves to its users what to do without Redis, and what may still be trusted after a gap (`whenBack`).

/** Redis cannot be asked now; who gets this goes on without it. */
export class RedisAway extends Error {
  override name = 'RedisAway';
}

/** A script in Lua; Redis runs it as one step. */
export type Script = { name: string; lua: string; keys: number };

export type Ask = (script: Script, keys: readonly string[], values?: readonly (string | number)[]) => Promise<unknown>;

export type RedisLink = {
  /** Heads every key of this installation. */
  readonly prefix: string;
  readonly there: boolean;
  ask: Ask;
  /** Something is wrong with what it answers: it is not asked again until it was reached anew. */
  cut(reason: string): void;
  /** Runs whenever Redis is reached, the first time too, before anybody else may ask. */
  whenBack(work: (ask: Ask) => Promise<unknown>): void;
  check(): Promise<{ ok: true } | { ok: false; reason: string }>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Longer than a healthy server needs by far; shorter than a person notices. */
const deadlineMilliseconds = 250;
const connectMilliseconds = 1000;
const retryMilliseconds = { first: 100, most: 1000 };

// Everything that the users need, so that a login that may do less is noticed here and not in the middle of something.
const probe: Script = {
  name: 'probe',
  keys: 1,
  lua: `redis.call('set', KEYS[1], ARGV[1], 'px', 1000)
    redis.call('hset', KEYS[1] .. ':h', 'a', 1); redis.call('hmget', KEYS[1] .. ':h', 'a'); redis.call('pexpire', KEYS[1] .. ':h', 1000)
    redis.call('pttl', KEYS[1]); redis.call('time')
    local got = redis.call('get', KEYS[1]); redis.call('del', KEYS[1], KEYS[1] .. ':h'); return got`,
};

/** Reads the secret again before each attempt, so that a new password needs no restart. */
export async function openRedis(needs: { secrets: SecretStore; installation: string; log: Log }): Promise<RedisLink> {
  const { secrets, log } = needs;
  const prefix = `tc:${needs.installation}:`;
  let address: RedisAddress = await readRedisSecret(secrets);
  const backs: ((ask: Ask) => Promise<unknown>)[] = [];
  let client: Redis | undefined;
  let connecting: Redis | undefined;
  let reason = 'It was not reached yet.';
  let retry: NodeJS.Timeout | undefined;
  let told: string | undefined;
  let ended = false;

  const asking =
    (redis: Redis): Ask =>
    (script, keys, values = []) =>
      within(deadlineMilliseconds, call(redis, script, keys, values));

  async function reach(wait: number = retryMilliseconds.first): Promise<void> {
    address = await readRedisSecret(secrets).catch(() => address);
    if (ended) return;
    const fresh = newClient(address);
    connecting = fresh;
    let fault: unknown;
    fresh.on('error', (error) => {
      fault = error;
    });
    try {
      await within(connectMilliseconds, fresh.connect());
      const ask = asking(fresh);
      await ask(probe, [`${prefix}probe:${Math.random()}`], ['1']);
      for (const work of backs) await work(ask);
      if (ended) throw new RedisAway('This process is stopping.');
      client = fresh;
      fresh.on('close', () => lose(fresh, faultInWords(fault, address)));
      if (fresh.status !== 'ready') return lose(fresh, faultInWords(fault, address));
      if (told) log.info({}, 'Redis is there again');
      told = undefined;
    } catch (error) {
      // What the server said is worth more than that the connection ended then.
      forget(fresh, faultInWords(/closed/i.test(String(error)) ? (fault ?? error) : error, address));
      again(wait);
    } finally {
      if (connecting === fresh) connecting = undefined;
    }
  }

  function again(wait: number): void {
    if (ended) return;
    clearTimeout(retry);
    retry = setTimeout(() => void reach(Math.min(retryMilliseconds.most, wait * 2)), wait);
    retry.unref();
  }

  function forget(redis: Redis, why: string): void {
    redis.disconnect();
    reason = why;
    if (ended || told === why) return;
    told = why;
    log.warn({ reason: why }, 'Redis is away; this process goes on without it');
  }

  function lose(redis: Redis, why: string): void {
    if (client !== redis) return;
    client = undefined;
    forget(redis, why);
    again(retryMilliseconds.first);
  }

  await Promise.race([reach(), new Promise((resolve) => setTimeout(resolve, connectMilliseconds).unref())]);

  return {
    prefix,
    get there() {
      return client !== undefined;
    },
    async ask(script, keys, values) {
      const asked = client;
      if (!asked) throw new RedisAway(reason);
      try {
        return await asking(asked)(script, keys, values);
      } catch (error) {
        lose(asked, faultInWords(error, address));
        throw new RedisAway(reason, { cause: error });
      }
    },
    cut(why) {
      if (client) lose(client, why);
    },
    whenBack(work) {
      backs.push(work);
      // Commands keep their order, so this one comes before any that its owner sends.
      const reached = client;
      if (reached) work(asking(reached)).catch((error) => lose(reached, faultInWords(error, address)));
    },
    async check() {
      if (client) return { ok: true };
      return {
        ok: false,
        reason: `${reason} Until it is back, each process keeps values and counts limits by itself.`,
      };
    },
    async [Symbol.asyncDispose]() {
      ended = true;
      clearTimeout(retry);
      connecting?.disconnect();
      client?.disconnect();
      client = undefined;
    },
  };
}

function newClient({ url, ca }: RedisAddress): Redis {
  return new Redis(url, {
    lazyConnect: true,
    // Coming back, and what happens to commands meanwhile, is decided here and not in the client.
    retryStrategy: null,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
    connectTimeout: connectMilliseconds,
    ...(ca ? { tls: { ca } } : {}),
  });
}

/** As EVALSHA, and once as EVAL where the server does not know it yet; ioredis sees to that. */
function call(redis: Redis, script: Script, keys: readonly string[], values: readonly (string | number)[]) {
  const known = redis as unknown as Record<string, ((...parts: (string | number)[]) => Promise<unknown>) | undefined>;
  const name = `tc_${script.name}`;
  if (!known[name]) redis.defineCommand(name, { numberOfKeys: script.keys, lua: script.lua });
  return known[name]!(...keys, ...values);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // When this process itself was held up, the answer lies there already: it is read before setImmediate.
    timer = setTimeout(
      () => setImmediate(() => reject(new Error(`No answer within ${milliseconds} ms.`))),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
