import { type Clock, statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import { digestOf, newSecret } from './digest.ts';

// Personal access tokens: shown once, kept as a digest, bound to one organisation, for what their scopes name.
// The prefix lets a scanner of repositories, and a person, know one when it lies about.

export const tokenPrefix = 'tc_pat_';
/** The scope that stands for everything its person may do. */
export const everything = '*';

export type TokenRow = {
  id: string;
  person_id: string;
  organisation_id: string;
  scopes: string[];
  expires_at: string | null;
  last_used_at: string | null;
};

export type NewToken = {
  person: string;
  organisation: string;
  name: string;
  scopes: readonly string[];
  expiresAt: Temporal.Instant | null;
};

export type PersonalTokens = {
  issue(db: Queries, token: NewToken): Promise<{ id: string; token: string }>;
  find(db: Queries, digest: string): Promise<TokenRow | undefined>;
  touch(db: Queries, id: string): Promise<void>;
  revokeOfPerson(db: Queries, person: string): Promise<void>;
};

const insertToken = statement<
  [
    digest: string,
    person: string,
    organisation: string,
    name: string,
    scopes: string[],
    now: string,
    expiresAt: string | null,
  ],
  { id: string }
>(
  'identity.insert-personal-token',
  `insert into personal_token (digest, person_id, organisation_id, name, scopes, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7) returning id`,
);

const findToken = statement<[digest: string, now: string], TokenRow>(
  'identity.find-personal-token',
  `select id, person_id, organisation_id, scopes, expires_at, last_used_at from personal_token
   where digest = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
);

const touchToken = statement<[id: string, now: string], unknown>(
  'identity.touch-personal-token',
  'update personal_token set last_used_at = $2 where id = $1',
);

const revokeTokens = statement<[person: string, now: string], unknown>(
  'identity.revoke-tokens-of-person',
  'update personal_token set revoked_at = $2 where person_id = $1 and revoked_at is null',
);

export function makePersonalTokens({ clock }: { clock: Clock }): PersonalTokens {
  const now = () => clock.now().toString();
  return {
    async issue(db, { person, organisation, name, scopes, expiresAt }) {
      const token = tokenPrefix + newSecret();
      const [row] = await db.query(insertToken, [
        digestOf(token),
        person,
        organisation,
        name,
        [...scopes],
        now(),
        expiresAt?.toString() ?? null,
      ]);
      return { id: row!.id, token };
    },
    find: async (db, digest) => (await db.query(findToken, [digest, now()]))[0],
    async touch(db, id) {
      await db.query(touchToken, [id, now()]);
    },
    async revokeOfPerson(db, person) {
      await db.query(revokeTokens, [person, now()]);
    },
  };
}
