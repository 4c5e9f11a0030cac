import type { Clock } from '@task-connect/sdk';
import type { Lockout } from '../../identity/lockout.ts';
import { makeWaitText } from '../../identity/wait.ts';
import { TooManyLetters } from './invitation-problems.ts';

/** Anybody who may have an organisation could else have us write to the whole world. */
export async function countLetter(lockout: Lockout, clock: Clock, letter: { from: string; to: string }) {
  const { waitUntil } = await lockout.begin([
    { kind: 'sender', of: letter.from },
    { kind: 'mail', of: letter.to },
  ]);
  if (waitUntil) throw new TooManyLetters({ retrySeconds: Number(makeWaitText(clock).seconds(waitUntil)) });
}
