import { type Clock, statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import { digestOf } from './digest.ts';
import { networkOf } from './network.ts';

// Slows guessing down, by account and by network address, and the sending of letters. Promises: an attempt is counted before it is made, so many at
// once gain nothing; the answer is the same whether the account exists. A wait and no block: whoever guesses at
// somebody's account can make them wait for a quarter of an hour, but never shut them out.

export type AttemptKind = 'account' | 'network' | 'mail' | 'sender';

/**
 * How many attempts are free, how far the wait grows after (it doubles, from half a minute), and after how long one of
 * them is forgotten: what an office mistypes in a week is no attack.
 */
const limits: Record<AttemptKind, { free: number; longestSeconds: number; forgottenSeconds: number }> = {
  account: { free: 5, longestSeconds: 15 * 60, forgottenSeconds: 60 * 60 },
  // Many people may share one network.
  network: { free: 30, longestSeconds: 60 * 60, forgottenSeconds: 2 * 60 },
  /** Letters to one address, whoever asks for them. */
  mail: { free: 3, longestSeconds: 60 * 60, forgottenSeconds: 60 * 60 },
  /** Letters that one person has sent to others. */
  sender: { free: 100, longestSeconds: 60 * 60, forgottenSeconds: 5 * 60 },
};
const firstWaitSeconds = 30;

export type Attempt = { kind: AttemptKind; of: string };

export type Lockout = {
  /** Counts all of them as failed until `succeeded`; gives the time from which one may try again when it is too soon. */
  begin(attempts: readonly Attempt[]): Promise<{ waitUntil: Temporal.Instant | null }>;
  succeeded(attempts: readonly Attempt[]): Promise<void>;
  /** Until when this one has to wait; null when not at all. */
  waitsUntil(attempt: Attempt): Promise<Temporal.Instant | null>;
};

// `last_at` moves on by whole attempts that are forgotten, so that the rest of the time is not lost.
const beginAttempt = statement<
  [key: string, now: string, forgottenSeconds: number, free: number, longest: number],
  { attempts: number }
>(
  'identity.begin-attempt',
  `insert into login_failure as f (key, attempts, last_at, open_at) values ($1, 1, $2, $2)
   on conflict (key) do update set (attempts, last_at, open_at) = (
     select kept + 1,
       case when kept = 0 then $2::timestamptz else f.last_at + make_interval(secs => forgotten * $3) end,
       $2::timestamptz + make_interval(secs => case when kept + 1 < $4 then 0
         else least($5, ${firstWaitSeconds} * power(2, least(kept + 1 - $4, 20))) end)
     from (select greatest(floor(extract(epoch from $2::timestamptz - f.last_at) / $3), 0) as forgotten) as past,
       lateral (select greatest(f.attempts - forgotten, 0)::int as kept) as still)
   where f.open_at <= $2
   returning attempts`,
);

const whenOpen = statement<[key: string], { open_at: string }>(
  'identity.attempts-open-at',
  'select open_at from login_failure where key = $1',
);

const clearAttempts = statement<[key: string], unknown>(
  'identity.clear-attempts',
  'delete from login_failure where key = $1',
);

const takeBackAttempt = statement<[key: string, now: string], unknown>(
  'identity.take-back-attempt',
  'update login_failure set attempts = attempts - 1, open_at = $2 where key = $1 and attempts > 0',
);

export function makeLockout({ database, clock }: { database: Queries; clock: Clock }): Lockout {
  return {
    async begin(attempts) {
      const now = clock.now();
      const begun: Attempt[] = [];
      for (const attempt of attempts) {
        const { free, longestSeconds, forgottenSeconds } = limits[attempt.kind];
        const counted = await database.query(beginAttempt, [
          keyOf(attempt),
          now.toString(),
          forgottenSeconds,
          free,
          longestSeconds,
        ]);
        if (counted.length === 0) {
          // What was not tried is no failure.
          for (const other of begun) await database.query(takeBackAttempt, [keyOf(other), now.toString()]);
          const [row] = await database.query(whenOpen, [keyOf(attempt)]);
          return { waitUntil: row ? Temporal.Instant.from(row.open_at) : now };
        }
        begun.push(attempt);
      }
      return { waitUntil: null };
    },
    async succeeded(attempts) {
      for (const attempt of attempts) {
        // One good sign-in from a network does not clear what others there have failed.
        if (attempt.kind === 'network') await database.query(takeBackAttempt, [keyOf(attempt), clock.now().toString()]);
        else await database.query(clearAttempts, [keyOf(attempt)]);
      }
    },
    async waitsUntil(attempt) {
      const [row] = await database.query(whenOpen, [keyOf(attempt)]);
      const openAt = row && Temporal.Instant.from(row.open_at);
      return openAt && Temporal.Instant.compare(openAt, clock.now()) > 0 ? openAt : null;
    },
  };
}

function keyOf({ kind, of }: Attempt): string {
  return kind === 'network' ? `network ${networkOf(of)}` : `${kind} ${digestOf(of.trim().toLowerCase())}`;
}
