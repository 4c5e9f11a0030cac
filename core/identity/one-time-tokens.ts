import { type Clock, statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import { digestOf } from './digest.ts';
import type { LinkKind, Links } from './links.ts';

// Tokens of mailed links and of steps within a sign-in. Promises: each works once, however many use it at the same
// moment, and not after its time.

export type OneTimeKind = Exclude<LinkKind, 'invitation'>;
export type OneTimeToken = { id: string; person: string | null; data: Record<string, unknown> };

export type OneTimeTokens = {
  issue(
    db: Queries,
    kind: OneTimeKind,
    about: { person: string | null; data?: Record<string, unknown>; hours: number },
  ): Promise<{ id: string; token: string }>;
  /** Looks without using it, for the page that asks. */
  look(db: Queries, kind: OneTimeKind, token: string): Promise<OneTimeToken | undefined>;
  use(db: Queries, kind: OneTimeKind, token: string): Promise<OneTimeToken | undefined>;
  /** Ends those of a person that were not used. */
  withdraw(db: Queries, person: string): Promise<void>;
};

const insertToken = statement<
  [id: string, kind: string, digest: string, person: string | null, data: string, expiresAt: string],
  unknown
>(
  'identity.insert-one-time-token',
  `insert into one_time_token (id, kind, digest, person_id, data, expires_at) values ($1, $2, $3, $4, $5, $6)`,
);

const good = `kind = $1 and digest = $2 and used_at is null and expires_at > $3`;

const lookAtToken = statement<[kind: string, digest: string, now: string], OneTimeToken>(
  'identity.look-at-one-time-token',
  `select id, person_id as person, data from one_time_token where ${good}`,
);

const takeToken = statement<[kind: string, digest: string, now: string], OneTimeToken>(
  'identity.use-one-time-token',
  `update one_time_token set used_at = $3 where ${good} returning id, person_id as person, data`,
);

const withdrawTokens = statement<[person: string, now: string], unknown>(
  'identity.withdraw-one-time-tokens',
  `update one_time_token set used_at = $2 where person_id = $1 and used_at is null`,
);

export function makeOneTimeTokens({ clock, links }: { clock: Clock; links: Links }): OneTimeTokens {
  const now = () => clock.now().toString();
  return {
    async issue(db, kind, { person, data = {}, hours }) {
      const { id, token, digest } = links.issue(kind);
      const expiresAt = clock.now().add({ hours }).toString();
      await db.query(insertToken, [id, kind, digest, person, JSON.stringify(data), expiresAt]);
      return { id, token };
    },
    look: async (db, kind, token) => (await db.query(lookAtToken, [kind, digestOf(token), now()]))[0],
    use: async (db, kind, token) => (await db.query(takeToken, [kind, digestOf(token), now()]))[0],
    async withdraw(db, person) {
      await db.query(withdrawTokens, [person, now()]);
    },
  };
}
