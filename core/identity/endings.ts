import type { Queries } from '../database/database.ts';
import { endAtProvider, endProviderSessions } from './oidc-table.ts';
import type { PersonalTokens } from './personal-tokens.ts';
import type { EndedSession, Sessions } from './sessions.ts';

// Ends sessions here and at the provider together, so that no browser is signed in again by what was left there.

export type Endings = {
  sessions(db: Queries, ids: readonly string[]): Promise<EndedSession[]>;
  /** By the digest of what the browser held. */
  session(db: Queries, digest: string): Promise<EndedSession | undefined>;
  /** Everything that a person is signed in with; with `tokens` also what programs use. */
  ofPerson(db: Queries, person: string, what: { tokens: boolean }): Promise<void>;
};

export function makeEndings(needs: { sessions: Sessions; tokens: PersonalTokens }): Endings {
  async function atProvider(db: Queries, ended: readonly EndedSession[]) {
    const uids = ended.map((session) => session.provider_session).filter((uid) => uid !== null);
    if (uids.length > 0) await db.query(endProviderSessions, [uids]);
  }

  return {
    async sessions(db, ids) {
      const ended = await needs.sessions.end(db, ids);
      await atProvider(db, ended);
      return ended;
    },
    async session(db, digest) {
      const ended = await needs.sessions.endByDigest(db, digest);
      await atProvider(db, ended ? [ended] : []);
      return ended;
    },
    async ofPerson(db, person, { tokens }) {
      await needs.sessions.endOfPerson(db, person);
      await db.query(endAtProvider, [person]);
      if (tokens) await needs.tokens.revokeOfPerson(db, person);
    },
  };
}
