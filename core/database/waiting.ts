import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@task-connect/sdk';
import { isConnectionLost } from './connection-lost.ts';

// What another process has still to do: the one that may make databases makes them, the others wait for it.

/** A server is away, or not yet as this process needs it, and somebody else sees to that: the reason, in a sentence. */
export class NotThereYet extends Error {
  override name = 'NotThereYet';
}

/** Whether trying again in a while is the answer to an error: somebody else has still to do something. */
export const isWaiting = (error: unknown): boolean => error instanceof NotThereYet;

/** Who waits: the log, and whoever sits before the process, are told why. */
export type Waiting = {
  log: Log;
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
  tell?: ((reason: string) => void) | undefined;
};

/** Tries until it is there, or the signal ends it; says why it waits when it begins to, and when the reason changes. */
export async function untilThere<T>(work: () => Promise<T>, { log, signal, tell }: Waiting): Promise<T> {
  let told: string | undefined;
  for (let wait = 250; ; wait = Math.min(2000, wait * 2)) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isWaiting(error) && !isConnectionLost(error)) throw error;
      const reason = (error as Error).message;
      if (reason !== told) {
        log.warn({ reason }, 'The start waits');
        tell?.(reason);
      }
      told = reason;
      await pause(wait, undefined, { signal });
    }
  }
}
