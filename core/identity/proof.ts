import { type Clock, declareProblem, type RequestCredential, statement } from '@task-connect/sdk';
import { decodeJwt } from 'jose';
import type { Database, Queries } from '../database/database.ts';
import { findAccountById } from './account-table.ts';
import { type Attempt, makeLockout } from './lockout.ts';
import type { Passwords } from './passwords.ts';
import { makeWaitText } from './wait.ts';

// That whoever sits before an open session is its person: they typed the password within the last minutes, or type it
// now. What the issuer says of when that was counts, and not how old our session is: a browser that is signed in at the
// issuer gets a new session without a word.

/** How fresh a sign-in has to be. */
const freshMinutes = 10;

export const PasswordWrong = declareProblem({
  type: 'identity/password-wrong',
  status: 403,
  title: 'This is not your password',
  detail: () => 'Type the password with which you sign in.',
});

export const TooManyPasswords = declareProblem({
  type: 'identity/too-many-passwords',
  status: 429,
  title: 'Too many wrong passwords',
  detail: (f: { retrySeconds: number }) => `Try again in ${f.retrySeconds} s.`,
  headers: (f) => ({ 'Retry-After': String(f.retrySeconds) }),
});

export const ProofNeeded = declareProblem({
  type: 'identity/proof-needed',
  status: 403,
  title: 'Show that it is you',
  detail: (f: { by: 'password' | 'sign-in' }) =>
    f.by === 'password'
      ? 'Your sign-in is older than ten minutes. Type your password.'
      : 'Your sign-in is older than ten minutes. Sign in again, then come back to this.',
});

type Given = {
  person: string;
  credential: RequestCredential;
  password: string | undefined;
  /** The network address of the request. */
  address: string;
};

export type Proof = {
  /** Throws a problem unless they have signed in within the last ten minutes, or this is their password. */
  demand(given: Given): Promise<void>;
  /** Throws unless this is their password. Guesses are counted with those of sign-in. */
  password(given: { person: string; password: string; address: string }): Promise<void>;
};

const signedInBy = statement<[session: string, person: string], { id_token: string | null }>(
  'identity.signed-in-by',
  'select id_token from session where id = $1 and person_id = $2',
);

export function makeProof(needs: {
  database: Database;
  passwords: Passwords;
  clock: Clock;
  signsInHere: boolean;
}): Proof {
  const { database, passwords, clock, signsInHere } = needs;

  async function isFresh(db: Queries, { person, credential }: Given): Promise<boolean> {
    if (credential.kind !== 'session') return false;
    const [session] = await db.query(signedInBy, [credential.sessionId, person]);
    const at = session?.id_token ? decodeJwt(session.id_token).auth_time : undefined;
    return typeof at === 'number' && at * 1000 > clock.now().epochMilliseconds - freshMinutes * 60_000;
  }

  async function password({ person, password: given, address }: { person: string; password: string; address: string }) {
    const [account] = await database.query(findAccountById, [person]);
    const attempts: Attempt[] = [
      { kind: 'network', of: address },
      { kind: 'account', of: account?.address ?? person },
    ];
    // Each on its own: what is counted stays counted when the request is refused.
    const lockout = makeLockout({ database, clock });
    const { waitUntil } = await lockout.begin(attempts);
    if (waitUntil) throw new TooManyPasswords({ retrySeconds: Number(makeWaitText(clock).seconds(waitUntil)) });
    const { right } = await passwords.verify(given, account?.password_hash ?? undefined);
    if (!right) throw new PasswordWrong({});
    await lockout.succeeded(attempts);
  }

  return {
    password,
    async demand(given) {
      if (await isFresh(database, given)) return;
      if (given.password === undefined || !signsInHere)
        throw new ProofNeeded({ by: signsInHere ? 'password' : 'sign-in' });
      await password({ ...given, password: given.password });
    },
  };
}
