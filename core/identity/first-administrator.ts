import type { Database, Queries } from '../database/database.ts';
import { SecretChanged, type SecretStore } from '../secrets/secrets.ts';
import { findAccountByAddress, findAdministrator, lockAccounts } from './account-table.ts';
import type { Accounts } from './accounts.ts';

// The first administrator, so that somebody can sign in to a fresh installation. Promises: one, however many processes
// start; and the one-time password is told at every start until it was used, since a start may end before anyone read it.

export type OneTimeAccess = { address: string; oneTimePassword: string };

const path = 'services/first-administrator';

export function makeFirstAdministrator(needs: {
  database: Database;
  secrets: SecretStore;
  accounts: Accounts;
  address: string;
  newPassword: () => string;
  /** Whether people sign in here, with a password. */
  signsInHere: boolean;
}) {
  const { database, secrets, accounts } = needs;

  /** Written before the account is made: an account whose password nobody knows would be worse. */
  async function kept(): Promise<OneTimeAccess> {
    const found = await secrets.read(path);
    if (found) return { address: String(found.value.address), oneTimePassword: String(found.value.oneTimePassword) };
    try {
      await secrets.write(path, { address: needs.address, oneTimePassword: needs.newPassword() }, { cas: 0 });
    } catch (error) {
      if (!(error instanceof SecretChanged)) throw error;
    }
    return kept();
  }

  async function make(db: Queries, access: { address: string; oneTimePassword?: string }) {
    const [holder] = await db.query(findAccountByAddress, [access.address]);
    // Elsewhere it is said who is an administrator: without one the platform still serves.
    if (holder && !needs.signsInHere) return;
    if (holder)
      throw new Error(`${access.address} has an account that is no administrator. Set TC_ADMIN_EMAIL to another.`);
    await accounts.create(db, {
      name: 'Administrator',
      address: access.address,
      platformRoles: ['administrator'],
      password: access.oneTimePassword,
      mustChange: true,
    });
  }

  return {
    async ensure(): Promise<OneTimeAccess | null> {
      return database.transaction(async (tx) => {
        await tx.query(lockAccounts, []);
        const [administrator] = await tx.query(findAdministrator, []);
        if (administrator && !administrator.must_change) return null;
        if (!needs.signsInHere) {
          // The issuer says who has this address; its first sign-in with it is the administrator’s.
          if (!administrator) await make(tx, { address: needs.address });
          return null;
        }
        const access = await kept();
        if (!administrator) await make(tx, access);
        else if (administrator.address !== access.address) return null;
        return access;
      });
    },

    /** After a password was chosen: the one-time password has done its work. */
    async forget(): Promise<void> {
      const [administrator] = await database.query(findAdministrator, []);
      if (administrator && !administrator.must_change && (await secrets.read(path))) await secrets.delete(path);
    },
  };
}

/** Four groups of letters and figures that are not mistaken for each other: 80 bits. */
export function readablePassword(randomBytes: (size: number) => Uint8Array): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const text = [...randomBytes(16)].map((byte) => letters[byte % 32]).join('');
  return text.match(/.{4}/g)!.join('-');
}
