import { type Mail, statement } from '@task-connect/sdk';
import type { Database, Queries } from '../database/database.ts';
import { findAccountByAddress, findAccountById } from './account-table.ts';
import type { Accounts } from './accounts.ts';
import type { Endings } from './endings.ts';
import type { Lockout } from './lockout.ts';
import { accountExists, confirmAddress, passwordChanged, resetPassword } from './mails.ts';
import type { OneTimeKind, OneTimeTokens } from './one-time-tokens.ts';
import { faultOfPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';

// What a person does to their own account without being signed in: make it, and choose a new password. Promises: the
// answer never tells whether an address has an account; mail does, to whoever reads that address.

export type AccountChanges = {
  /** Sends a link that makes the account, or says by mail that there is one. */
  register(person: { name: string; address: string; password: string }): Promise<void>;
  confirm(token: string): Promise<{ address: string } | undefined>;
  forgot(address: string): Promise<void>;
  /** The address of the account that a token is about. */
  addressOf(kind: OneTimeKind, token: string): Promise<string | undefined>;
  /** What is wrong with the password that somebody chooses: a sentence, or undefined when nothing is. */
  faultOf(kind: 'reset' | 'change', token: string, password: string): Promise<string | undefined>;
  /** Sets the password and ends everything that was begun with the old one; the person, unless the token has ended. */
  choosePassword(kind: 'reset' | 'change', token: string, password: string): Promise<string | undefined>;
};

const markVerified = statement<[person: string, now: string], unknown>(
  'identity.mark-address-verified',
  'update person set address_verified_at = coalesce(address_verified_at, $2) where id = $1',
);

export function makeAccountChanges(needs: {
  database: Database;
  accounts: Accounts;
  passwords: Passwords;
  tokens: OneTimeTokens;
  endings: Endings;
  lockout: Lockout;
  now: () => string;
  mail: Mail;
  /** Runs on after the answer, so that its time tells nothing. */
  background(work: () => Promise<unknown>): void;
  passwordChosen(person: string): Promise<void>;
  urlOf(path: string, token?: string): string;
}): AccountChanges {
  const { database, accounts, tokens, urlOf } = needs;
  const findByAddress = async (db: Queries, address: string) => (await db.query(findAccountByAddress, [address]))[0];

  return {
    async register({ name, address, password }) {
      const passwordHash = await needs.passwords.hash(password);
      needs.background(async () => {
        if (await findByAddress(database, address)) {
          await needs.mail.send(accountExists({ name, address }, urlOf('/auth/login'), urlOf('/oidc/forgot')));
          return;
        }
        const data = { name, address, passwordHash };
        const { token } = await tokens.issue(database, 'verify', { person: null, data, hours: 24 });
        await needs.mail.send(confirmAddress({ name, address }, urlOf('/oidc/verify', token)));
      });
    },

    confirm: (token) =>
      database.transaction(async (tx) => {
        const used = await tokens.use(tx, 'verify', token);
        if (!used) return undefined;
        const { name, address, passwordHash } = used.data as { name: string; address: string; passwordHash: string };
        // Asked for twice and confirmed twice: the first made the account.
        if (!(await findByAddress(tx, address)))
          await accounts.create(tx, { name, address, passwordHash, verified: true });
        return { address };
      }),

    async forgot(address) {
      needs.background(async () => {
        const account = await findByAddress(database, address);
        if (!account?.active) return;
        const { token } = await tokens.issue(database, 'reset', { person: account.id, hours: 1 });
        await needs.mail.send(resetPassword(account, urlOf('/oidc/reset', token)));
      });
    },

    async addressOf(kind, token) {
      const found = await tokens.look(database, kind, token);
      if (!found) return undefined;
      if (found.person === null) return String(found.data.address);
      return (await database.query(findAccountById, [found.person]))[0]?.address;
    },

    async faultOf(kind, token, password) {
      const found = await tokens.look(database, kind, token);
      const [account] = found?.person ? await database.query(findAccountById, [found.person]) : [];
      if (!account) return undefined;
      const fault = faultOfPassword(password, account.address);
      if (fault || !account.must_change) return fault;
      const { right } = await needs.passwords.verify(password, account.password_hash ?? undefined);
      return right ? 'This one was for once, and others may have seen it. Take another.' : undefined;
    },

    async choosePassword(kind, token, password) {
      const account = await database.transaction(async (tx) => {
        const used = await tokens.use(tx, kind, token);
        const [found] = used?.person ? await tx.query(findAccountById, [used.person]) : [];
        if (!found?.active) return undefined;
        await accounts.setPassword(tx, found.id, password);
        // Who followed a link in mail has shown that the address is theirs.
        if (kind === 'reset') await tx.query(markVerified, [found.id, needs.now()]);
        await tokens.withdraw(tx, found.id);
        // Tokens go too when nobody had shown that the address is theirs: another may have made the account with it.
        await needs.endings.ofPerson(tx, found.id, { tokens: !found.verified });
        return found;
      });
      if (!account) return undefined;
      // Who guessed at the old one shall not keep its person waiting.
      await needs.lockout.succeeded([{ kind: 'account', of: account.address }]);
      await needs.passwordChosen(account.id);
      if (kind === 'reset') needs.background(() => needs.mail.send(passwordChanged(account, urlOf('/oidc/forgot'))));
      return account.id;
    },
  };
}
