import type { Clock } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import {
  clearAddress,
  endUnproven,
  findAccountByAddress,
  findPersonOfSubject,
  hasIdentityAt,
  insertCredential,
  insertIdentity,
  insertOwnMembership,
  insertPerson,
  lockAccounts,
  newIds,
} from './account-table.ts';
import { AddressTaken } from './identity-problems.ts';
import type { Passwords } from './passwords.ts';

// Makes people. The embedded provider's subjects are our own ids, under an issuer's name that does not change with the
// public address; a foreign issuer's subjects get a person at their first sign-in.

export const embeddedIssuer = 'embedded';

export type NewPerson = {
  name: string;
  address: string | null;
  /** Whether the address was shown to be theirs. */
  verified?: boolean;
  zone?: string;
  locale?: string;
  platformRoles?: readonly string[];
  password?: string;
  /** Instead of a password: one that was hashed before the account was made. */
  passwordHash?: string;
  /** The password is to be changed at the first sign-in. */
  mustChange?: boolean;
};

export type Subject = { issuer: string; subject: string; name?: string; address?: string; addressVerified?: boolean };

export type Accounts = {
  create(db: Queries, person: NewPerson): Promise<string>;
  setPassword(db: Queries, person: string, password: string, options?: { mustChange?: boolean }): Promise<void>;
  /** The person of a subject; makes or finds one at the first sign-in. */
  ofSubject(db: Queries, subject: Subject): Promise<string>;
};

export function makeAccounts({ clock, passwords }: { clock: Clock; passwords: Passwords }): Accounts {
  const now = () => clock.now().toString();

  async function insert(db: Queries, person: NewPerson, identity: { issuer: string; subject?: string }) {
    if (person.address !== null && (await db.query(findAccountByAddress, [person.address])).length > 0)
      throw new AddressTaken({ address: person.address });
    const [ids] = await db.query(newIds, []);
    const { person: id, organisation } = ids!;
    const at = now();
    await addressFree(person.address, () =>
      db.query(insertPerson, [
        id,
        person.name,
        person.address,
        person.verified ? at : null,
        person.zone ?? Temporal.Now.timeZoneId(),
        person.locale ?? 'en',
        [...(person.platformRoles ?? [])],
        organisation,
        at,
      ]),
    );
    await db.query(insertOwnMembership, [organisation, id, at]);
    await db.query(insertIdentity, [identity.issuer, identity.subject ?? id, id, at]);
    return id;
  }

  async function setPassword(db: Queries, person: string, password: string, { mustChange = false } = {}) {
    await db.query(insertCredential, [person, await passwords.hash(password), mustChange, now()]);
  }

  return {
    setPassword,
    async create(db, person) {
      const id = await insert(db, person, { issuer: embeddedIssuer });
      const hash = person.passwordHash ?? (person.password && (await passwords.hash(person.password)));
      if (hash) await db.query(insertCredential, [id, hash, person.mustChange ?? false, now()]);
      return id;
    },
    async ofSubject(db, { issuer, subject, name, address, addressVerified = false }) {
      const [known] = await db.query(findPersonOfSubject, [issuer, subject]);
      if (known) return known.person;
      await db.query(lockAccounts, []);
      const [since] = await db.query(findPersonOfSubject, [issuer, subject]);
      if (since) return since.person;
      const [holder] = address === undefined ? [] : await db.query(findAccountByAddress, [address]);
      if (holder && addressVerified) {
        // The operator chose this issuer, so an address that it has verified is the same person; but only once.
        const [before] = await db.query(hasIdentityAt, [holder.id, issuer]);
        if (before?.here && !holder.verified) await db.query(clearAddress, [holder.id]);
        if (!before?.here) {
          // Whoever gave this address here without showing that it is theirs keeps nothing by which to act as its owner.
          if (!holder.verified) await db.query(endUnproven, [holder.id, now()]);
          await db.query(insertIdentity, [issuer, subject, holder.id, now()]);
          return holder.id;
        }
      }
      const [still] = address === undefined ? [] : await db.query(findAccountByAddress, [address]);
      const free = still ? null : (address ?? null);
      return insert(
        db,
        { name: name ?? address ?? subject, address: free, verified: addressVerified },
        { issuer, subject },
      );
    },
  };
}

/** Two at the same moment with one address: the index of the database lets one through. */
async function addressFree<T>(address: string | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (address !== null && (error as { constraint?: string }).constraint === 'person_address')
      throw new AddressTaken({ address });
    throw error;
  }
}
