import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

// A lock between processes that the kernel itself releases when its holder dies, kill -9 included. A file with a
// process id in it cannot do that: ids are used again, and mean nothing to a container beside. Node has no flock of its
// own; SQLite's exclusive transaction on an empty file is one.

export class LockTaken extends Error {
  constructor(path: string, seconds: number) {
    super(`Another process has held ${path} for ${seconds} s. End it, or wait until it is done.`);
    this.name = 'LockTaken';
  }
}

const busy = 5; // SQLITE_BUSY

/** Runs the work while no other process, and nobody else in this one, holds the lock. */
export async function withFileLock<T>(path: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    while (!taken(lock)) {
      if (performance.now() > giveUpAt) throw new LockTaken(path, Math.round(patienceMs / 1000));
      await wait(2 + Math.random() * 8);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function taken(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === busy) return false;
    throw error;
  }
}
