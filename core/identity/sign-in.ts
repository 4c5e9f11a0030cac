import type { Clock } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { findAccountByAddress, renewHash } from './account-table.ts';
import type { Attempt, Lockout } from './lockout.ts';
import type { OneTimeTokens } from './one-time-tokens.ts';
import type { Passwords } from './passwords.ts';

// Address and password. Promises: the same answer, after the same work, whether the account exists, is inactive, or
// the password is wrong; and that attempts are counted before they are made.

export type SignInResult =
  | { kind: 'person'; person: string }
  /** The password was for once: `token` lets its person choose another. */
  | { kind: 'change'; token: string }
  | { kind: 'refused' }
  | { kind: 'wait'; until: Temporal.Instant };

export type SignIn = (given: { address: string; password: string; network: string }) => Promise<SignInResult>;

export function makeSignIn(needs: {
  database: Database;
  lockout: Lockout;
  passwords: Passwords;
  tokens: OneTimeTokens;
  clock: Clock;
}): SignIn {
  const { database, lockout, passwords, tokens } = needs;

  return async ({ address, password, network }) => {
    const attempts: Attempt[] = [
      { kind: 'network', of: network },
      { kind: 'account', of: address },
    ];
    const { waitUntil } = await lockout.begin(attempts);
    if (waitUntil) return { kind: 'wait', until: waitUntil };

    const [account] = await database.query(findAccountByAddress, [address.trim()]);
    const stored = account?.active ? (account.password_hash ?? undefined) : undefined;
    const { right, renew } = await passwords.verify(password, stored);
    if (!account || !right) return { kind: 'refused' };

    await lockout.succeeded(attempts);
    if (renew) await database.query(renewHash, [account.id, stored!, await passwords.hash(password)]);
    if (account.must_change) {
      const { token } = await tokens.issue(database, 'change', { person: account.id, hours: 1 });
      return { kind: 'change', token };
    }
    return { kind: 'person', person: account.id };
  };
}
