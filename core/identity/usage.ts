import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { PersonalTokens, TokenRow } from './personal-tokens.ts';
import type { SessionRow, Sessions } from './sessions.ts';

// Notes when sessions and tokens were last used, without a request that waits for it and at most once a minute each.

const everySeconds = 60;

export type Usage = {
  isOver(expiresAt: string | null): boolean;
  session(session: SessionRow): void;
  token(token: TokenRow): void;
  settled(): Promise<void>;
};

export function makeUsage(needs: {
  database: Database;
  sessions: Sessions;
  tokens: PersonalTokens;
  clock: Clock;
  log: Log;
}): Usage {
  const { database, clock, log } = needs;
  const writing = new Map<string, Promise<void>>();
  // What was read of a row does not show our own write until it is read again.
  const noted = new WeakSet<object>();
  const ends = new Map<string, number>();

  function note(row: SessionRow | TokenRow, lastAt: string | null, write: () => Promise<void>) {
    if (noted.has(row) || writing.has(row.id)) return;
    if (lastAt !== null && millisecondsOf(lastAt) > clock.now().epochMilliseconds - everySeconds * 1000) return;
    noted.add(row);
    const done = write()
      .catch((error) => log.warn({ error }, 'The last use of a session or token cannot be noted'))
      .finally(() => writing.delete(row.id));
    writing.set(row.id, done);
  }

  /** Hot: the same few texts come again and again. */
  function millisecondsOf(instant: string): number {
    const known = ends.get(instant);
    if (known !== undefined) return known;
    if (ends.size > 10_000) ends.clear();
    const { epochMilliseconds } = Temporal.Instant.from(instant);
    ends.set(instant, epochMilliseconds);
    return epochMilliseconds;
  }

  return {
    isOver: (expiresAt) => expiresAt !== null && millisecondsOf(expiresAt) <= clock.now().epochMilliseconds,
    session: (session) => note(session, session.last_seen_at, () => needs.sessions.touch(database, session.id)),
    token: (token) => note(token, token.last_used_at, () => needs.tokens.touch(database, token.id)),
    async settled() {
      await Promise.all(writing.values());
    },
  };
}
