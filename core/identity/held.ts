import { LRUCache } from 'lru-cache';
import type { SharedSecond } from '../cache/shared-second.ts';

// What a process remembers of the database about who may do what (design.md 8.17). Promises: nothing older than a
// second; what was forgotten while it was being read is not kept; with `hold(false)` every question goes to the database.
// It leaves to its owner to say what to forget.

export type Maybe<T> = T | Promise<T>;

export type Held<T> = {
  /** What is remembered comes without a promise. */
  get(key: string): Maybe<T>;
  forget(key: string): void;
  forgetAll(): void;
  hold(on: boolean): void;
};

const oldest = 1_000;

export type HeldOptions = {
  max?: number;
  /** Milliseconds that only grow. */
  now?: () => number;
  /** What other processes read within the same second; it counts with the age that it has. */
  shared?: SharedSecond | undefined;
};

export function makeHeld<T extends object | null>(
  load: (key: string) => Promise<T>,
  { max = 10_000, now = () => performance.now(), shared }: HeldOptions = {},
): Held<T> {
  const kept = new LRUCache<string, { value: T; at: number }>({ max });
  type Reading = { value: Promise<T>; keep: boolean };
  const readings = new Map<string, Reading>();
  let holding = true;

  async function find(key: string, reading: { keep: boolean }): Promise<{ value: T; at: number }> {
    const asked = now();
    const known = shared && reading.keep ? await shared.get(key) : undefined;
    if (known && known.age < oldest) return { value: known.value as T, at: asked - known.age };
    // Its age counts from before it was read.
    const at = now();
    const value = await load(key);
    // That there is none is not told: whoever guesses would fill what is shared.
    if (reading.keep && value !== null) shared?.put(key, value, now() - at);
    return { value, at };
  }

  function read(key: string): Promise<T> {
    const reading: Reading = { value: undefined as never, keep: holding };
    reading.value = find(key, reading)
      .then(({ value, at }) => {
        if (reading.keep) kept.set(key, { value, at });
        return value;
      })
      .finally(() => {
        if (readings.get(key) === reading) readings.delete(key);
      });
    if (holding) readings.set(key, reading);
    return reading.value;
  }

  function forget(key: string) {
    shared?.forget(key);
    drop(key);
  }

  function drop(key: string) {
    kept.delete(key);
    const reading = readings.get(key);
    if (reading) reading.keep = false;
    readings.delete(key);
  }

  function forgetAll() {
    kept.clear();
    for (const key of [...readings.keys()]) drop(key);
  }

  return {
    get(key) {
      const found = holding ? kept.get(key) : undefined;
      if (found && now() - found.at < oldest) return found.value;
      return (holding && readings.get(key)?.value) || read(key);
    },
    forget,
    forgetAll,
    hold(on) {
      holding = on;
      if (!on) forgetAll();
    },
  };
}

/** Goes on with a value that may be there already, without a promise when it is. */
export function after<T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
