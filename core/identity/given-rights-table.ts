import { type OrganisationRole, statement } from '@task-connect/sdk';

// Rights that an issuer gives, beside those that were given here.

/** `instead`: the role that they had here before, and have again without the group. */
export type GivenMemberships = Record<string, { role: OrganisationRole; instead: OrganisationRole | null }>;

export type GivenRow = {
  person: string;
  given_roles: string[];
  given_memberships: GivenMemberships;
  platform_roles: string[];
};

export const lockGiven = statement<[issuer: string, subject: string], GivenRow>(
  'identity.lock-given-rights',
  `select i.person_id as person, i.given_roles, i.given_memberships, p.platform_roles
   from identity i join person p on p.id = i.person_id where i.issuer = $1 and i.subject = $2 for update`,
);

export const keepGiven = statement<[issuer: string, subject: string, roles: string[], memberships: string], unknown>(
  'identity.keep-given-rights',
  `update identity set given_roles = $3, given_memberships = $4::jsonb, suspended = false
   where issuer = $1 and subject = $2`,
);

export const setPlatformRoles = statement<[person: string, roles: string[]], unknown>(
  'identity.set-platform-roles',
  'update person set platform_roles = $2, version = version + 1 where id = $1',
);

export const roleIn = statement<[organisation: string, person: string], { role: OrganisationRole | null }>(
  'identity.role-in-organisation',
  `select m.role from organisation o left join membership m on m.organisation_id = o.id and m.person_id = $2
   where o.id = $1 and o.personal_of is null for update of o`,
);

export const setMembership = statement<[organisation: string, person: string, role: string, now: string], unknown>(
  'identity.set-membership',
  `insert into membership (organisation_id, person_id, role, joined_at) values ($1, $2, $3, $4)
   on conflict (organisation_id, person_id) do update set role = $3`,
);

export const endMembership = statement<[organisation: string, person: string], unknown>(
  'identity.end-membership',
  'delete from membership where organisation_id = $1 and person_id = $2',
);

export const otherOwners = statement<[organisation: string, than: string], { owners: number }>(
  'identity.other-owners',
  `select count(*)::int as owners from membership m join person p on p.id = m.person_id
   where m.organisation_id = $1 and m.role = 'owner' and m.person_id <> $2 and p.active`,
);

export const followAddress = statement<[person: string, address: string, now: string], unknown>(
  'identity.follow-address',
  `update person p set address = $2, address_verified_at = $3, version = version + 1
   where p.id = $1 and (lower(p.address) is distinct from lower($2) or p.address_verified_at is null)
     and not exists (select 1 from person other where lower(other.address) = lower($2) and other.id <> p.id)`,
);
