import { statement } from '@task-connect/sdk';

// Accounts: who can sign in. Statements of core alone, run with reach system.

/** Both at once, since each row names the other. */
export const newIds = statement<[], { person: string; organisation: string }>(
  'identity.new-ids',
  'select uuidv7() as person, uuidv7() as organisation',
);

export type NewPersonRow = [
  id: string,
  name: string,
  address: string | null,
  verifiedAt: string | null,
  zone: string,
  locale: string,
  platformRoles: string[],
  organisation: string,
  at: string,
];

/** The person, the personal organisation and its membership; each refers to the others. */
export const insertPerson = statement<NewPersonRow, { id: string }>(
  'identity.insert-person',
  `with made as (
     insert into organisation (id, name, personal_of, created_at) values ($8, $2, $1, $9)
   ), joined as (
     insert into person (id, name, address, address_verified_at, zone, locale, platform_roles, personal_organisation_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id
   )
   select id from joined`,
);

/** After the person: a key that is not deferred refers to both. */
export const insertOwnMembership = statement<[organisation: string, person: string, at: string], unknown>(
  'identity.insert-own-membership',
  `insert into membership (organisation_id, person_id, role, only_member, joined_at) values ($1, $2, 'owner', $2, $3)`,
);

export const insertIdentity = statement<[issuer: string, subject: string, person: string, at: string], unknown>(
  'identity.insert-identity',
  `insert into identity (issuer, subject, person_id, created_at) values ($1, $2, $3, $4)`,
);

export const insertCredential = statement<[person: string, hash: string, mustChange: boolean, at: string], unknown>(
  'identity.insert-credential',
  `insert into credential (person_id, password_hash, must_change, changed_at) values ($1, $2, $3, $4)
   on conflict (person_id) do update set password_hash = $2, must_change = $3, changed_at = $4`,
);

/** The same password hashed anew: nothing that the person did. */
export const renewHash = statement<[person: string, before: string, hash: string], unknown>(
  'identity.renew-hash',
  `update credential set password_hash = $3 where person_id = $1 and password_hash = $2`,
);

export type AccountRow = {
  id: string;
  name: string;
  address: string;
  active: boolean;
  verified: boolean;
  password_hash: string | null;
  must_change: boolean | null;
};

const account = `select p.id, p.name, p.address, p.active, p.address_verified_at is not null as verified, c.password_hash, c.must_change
  from person p left join credential c on c.person_id = p.id`;

export const findAccountByAddress = statement<[address: string], AccountRow>(
  'identity.find-account-by-address',
  `${account} where lower(p.address) = lower($1)`,
);

export const findAccountById = statement<[id: string], AccountRow>(
  'identity.find-account-by-id',
  `${account} where p.id = $1`,
);

export const findPersonOfSubject = statement<[issuer: string, subject: string], { person: string }>(
  'identity.find-person-of-subject',
  `select person_id as person from identity where issuer = $1 and subject = $2`,
);

export const hasIdentityAt = statement<[person: string, issuer: string], { here: boolean }>(
  'identity.has-identity-at',
  `select exists (select 1 from identity where person_id = $1 and issuer = $2) as here`,
);

export const findAdministrator = statement<[], { id: string; address: string | null; must_change: boolean | null }>(
  'identity.find-administrator',
  `select p.id, p.address, c.must_change from person p left join credential c on c.person_id = p.id
   where 'administrator' = any (p.platform_roles) order by p.created_at, p.id limit 1`,
);

/** One at a time: two processes that start together make one administrator, and one person for one subject. */
export const lockAccounts = statement<[], unknown>(
  'identity.lock-accounts',
  `select pg_advisory_xact_lock(hashtextextended('task-connect accounts', 0))`,
);

export const deactivatePerson = statement<[id: string], unknown>(
  'identity.deactivate-person',
  `update person set active = false, version = version + 1 where id = $1 and active`,
);

/** An address that somebody else has shown to be theirs. */
export const clearAddress = statement<[id: string], unknown>(
  'identity.clear-address',
  'update person set address = null, version = version + 1 where id = $1 and address_verified_at is null',
);

/** What an account that nobody had proven to own could be used by. */
export const endUnproven = statement<[id: string, now: string], unknown>(
  'identity.end-unproven',
  `with tokens as (
     update personal_token set revoked_at = $2 where person_id = $1 and revoked_at is null
   ), sessions as (
     delete from session where person_id = $1
   ), password as (
     delete from credential where person_id = $1
   )
   update person set address_verified_at = $2 where id = $1`,
);
