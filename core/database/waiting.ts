import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@task-connect/sdk';
import { isConnectionLost } from './connection-lost.ts';

// What another process has still to do: the one that may make databases makes them, the others wait for it.

/** The database is not as this process needs it, and another process will see to that: the reason, in a sentence. */
export class WaitingForDatabase extends Error {
  override name = 'WaitingForDatabase';
}

/** Whether trying again in a while is the answer to an error: somebody else has still to do something. */
export const isWaiting = (error: unknown): boolean => error instanceof WaitingForDatabase;

/** Tries until it is there, or `signal` ends it; says why it waits when it begins to, and when the reason changes. */
export async function untilThere<T>(
  work: () => Promise<T>,
  { log, signal }: { log: Log; signal?: AbortSignal | undefined },
): Promise<T> {
  let told: string | undefined;
  for (let wait = 250; ; wait = Math.min(2000, wait * 2)) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isWaiting(error) && !isConnectionLost(error)) throw error;
      const reason = (error as Error).message;
      if (reason !== told) log.warn({ reason }, 'The start waits for a database');
      told = reason;
      await pause(wait, undefined, { signal });
    }
  }
}
