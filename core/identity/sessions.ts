import { type Clock, statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import { digestOf, newSecret } from './digest.ts';
import { sealToken } from './sealed-token.ts';

// Sessions of browsers. The browser holds 256 random bits, the database their digest, so that a restart logs nobody out
// and a copy of the database lets nobody in. An id is made at sign-in and never taken from what came.

const idleDays = 14;
/** However often it is used, it ends then; so long the browser keeps the cookie. */
export const longestDays = 90;

export type SessionRow = {
  id: string;
  person_id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  /** From when on the issuer is asked whether it goes on there; null: never. */
  check_at: string | null;
};

export type NewSession = {
  person: string;
  userAgent: string;
  address: string;
  idToken: string | null;
  providerSession: string | null;
  /** When another issuer is asked whether it goes on, and by which token; without one it ends then. */
  check?: { at: string; token: string | null } | undefined;
};

export type EndedSession = { id: string; id_token: string | null; provider_session: string | null };

export type Sessions = {
  /** The secret that the browser gets. */
  begin(db: Queries, session: NewSession): Promise<string>;
  find(db: Queries, digest: string): Promise<SessionRow | undefined>;
  /** Notes that it was used, and moves its end. */
  touch(db: Queries, id: string): Promise<void>;
  endByDigest(db: Queries, digest: string): Promise<EndedSession | undefined>;
  end(db: Queries, ids: readonly string[]): Promise<EndedSession[]>;
  endOfPerson(db: Queries, person: string): Promise<EndedSession[]>;
  endOfProvider(db: Queries, providerSession: string): Promise<EndedSession[]>;
};

const insertSession = statement<
  [
    digest: string,
    person: string,
    now: string,
    expiresAt: string,
    userAgent: string,
    address: string,
    idToken: string | null,
    providerSession: string | null,
    refreshToken: string | null,
    checkAt: string | null,
  ],
  unknown
>(
  'identity.insert-session',
  `insert into session (digest, person_id, created_at, last_seen_at, expires_at, user_agent, address, id_token, provider_session,
     refresh_token, check_at)
   values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

const findSession = statement<[digest: string, now: string], SessionRow>(
  'identity.find-session',
  `select id, person_id, created_at, last_seen_at, expires_at, check_at from session where digest = $1 and expires_at > $2`,
);

const touchSession = statement<[id: string, now: string, expiresAt: string], unknown>(
  'identity.touch-session',
  `update session set last_seen_at = $2, expires_at = least($3::timestamptz, created_at + interval '${longestDays} days')
   where id = $1 and expires_at > $2`,
);

const ended = 'returning id, id_token, provider_session';

const deleteByDigest = statement<[digest: string], EndedSession>(
  'identity.end-session-by-digest',
  `delete from session where digest = $1 ${ended}`,
);
const deleteByIds = statement<[ids: string[]], EndedSession>(
  'identity.end-sessions',
  `delete from session where id = any ($1) ${ended}`,
);
const deleteByPerson = statement<[person: string], EndedSession>(
  'identity.end-sessions-of-person',
  `delete from session where person_id = $1 ${ended}`,
);
const deleteByProvider = statement<[providerSession: string], EndedSession>(
  'identity.end-sessions-of-provider',
  `delete from session where provider_session = $1 ${ended}`,
);

export function makeSessions({ clock }: { clock: Clock }): Sessions {
  const expiry = () =>
    clock
      .now()
      .add({ hours: idleDays * 24 })
      .toString();
  const now = () => clock.now().toString();
  return {
    async begin(db, { person, userAgent, address, idToken, providerSession, check }) {
      const secret = newSecret();
      const agent = userAgent.slice(0, 500);
      await db.query(insertSession, [
        digestOf(secret),
        person,
        now(),
        expiry(),
        agent,
        address,
        idToken,
        providerSession,
        check?.token ? sealToken(secret, check.token) : null,
        check?.at ?? null,
      ]);
      return secret;
    },
    find: async (db, digest) => (await db.query(findSession, [digest, now()]))[0],
    async touch(db, id) {
      await db.query(touchSession, [id, now(), expiry()]);
    },
    endByDigest: async (db, digest) => (await db.query(deleteByDigest, [digest]))[0],
    end: (db, ids) => db.query(deleteByIds, [[...ids]]),
    endOfPerson: (db, person) => db.query(deleteByPerson, [person]),
    endOfProvider: (db, providerSession) => db.query(deleteByProvider, [providerSession]),
  };
}
