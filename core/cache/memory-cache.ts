import type { Clock } from '@task-connect/sdk';
import { LRUCache } from 'lru-cache';
import type { SharedCache } from './cache.ts';

type Entry = { value: unknown; expires: number; tags: readonly string[] };
type Making = { made: Promise<unknown>; tags: readonly string[]; outdated: boolean };

/** A cache of this process. `announce` tells the others of an invalidation; what they tell goes to `forget`. */
export function makeMemoryCache(needs: {
  clock: Clock;
  entries: number;
  announce?: (tag: string) => Promise<void>;
}): SharedCache {
  const { clock, announce } = needs;
  const tagged = new Map<string, Set<string>>();
  const making = new Map<string, Making>();
  let hearing = true;
  const kept = new LRUCache<string, Entry>({
    max: needs.entries,
    dispose(entry, key) {
      for (const tag of entry.tags) {
        const keys = tagged.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) tagged.delete(tag);
      }
    },
  });

  function keep(key: string, entry: Entry): void {
    kept.set(key, entry);
    for (const tag of entry.tags) {
      const keys = tagged.get(tag) ?? new Set();
      tagged.set(tag, keys.add(key));
    }
  }

  function begin<T>(key: string, ttlSeconds: number, make: () => Promise<T>, tags: readonly string[]): Promise<T> {
    const work = async () => {
      try {
        const value = frozen(await make());
        // What was read before the invalidation goes to those who asked before it, and to nobody else.
        if (!mine.outdated) keep(key, { value, expires: clock.now().epochMilliseconds + ttlSeconds * 1000, tags });
        return value;
      } finally {
        if (making.get(key) === mine) making.delete(key);
      }
    };
    const mine: Making = { made: Promise.resolve(), tags, outdated: false };
    making.set(key, mine);
    const made = work();
    mine.made = made;
    return made;
  }

  function outdate(concerned: (tags: readonly string[]) => boolean): void {
    for (const [key, one] of making) {
      if (!concerned(one.tags)) continue;
      one.outdated = true;
      making.delete(key);
    }
  }

  function forget(tag: string): void {
    for (const key of [...(tagged.get(tag) ?? [])]) kept.delete(key);
    outdate((tags) => tags.includes(tag));
  }

  async function forgetAll(): Promise<void> {
    kept.clear();
    outdate(() => true);
  }

  return {
    async get<T>(key: string, ttlSeconds: number, make: () => Promise<T>, tags: readonly string[] = []): Promise<T> {
      if (!hearing) return make();
      const entry = kept.get(key);
      if (entry && clock.now().epochMilliseconds < entry.expires) return entry.value as T;
      const others = making.get(key);
      return (others?.made ?? begin(key, ttlSeconds, make, [...tags])) as Promise<T>;
    },
    async invalidate(tag) {
      forget(tag);
      await announce?.(tag);
    },
    forget,
    hears(on) {
      hearing = on;
      void forgetAll();
    },
    forgetAll,
  };
}

// All who ask get the same object: a change by one would be seen by all, and only sometimes.
function frozen<T>(value: T): T {
  const plain = Array.isArray(value) || (value !== null && Object.getPrototypeOf(Object(value)) === Object.prototype);
  if (!plain || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value as object)) frozen(part);
  return value;
}
