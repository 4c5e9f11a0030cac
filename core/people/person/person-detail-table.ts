import { type OrganisationRole, statement } from '@task-connect/sdk';
import type { Token } from '../token/token.ts';

// What belongs to one account, read with reach operator.

export const membershipsOf = statement<
  [person: string],
  { organisation: string; name: string; personal: boolean; role: OrganisationRole; joinedAt: string }
>(
  'people.memberships-of',
  `select o.id as organisation, o.name, o.personal_of is not null as personal, m.role, m.joined_at as "joinedAt"
   from membership m join organisation o on o.id = m.organisation_id
   where m.person_id = $1 order by o.personal_of is null, lower(o.name), o.id`,
);

export const allTokensOf = statement<[person: string], Token & { organisationName: string }>(
  'people.all-tokens-of',
  `select t.id, t.name, t.scopes, t.organisation_id as organisation, o.name as "organisationName",
     t.created_at as "createdAt", t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt"
   from personal_token t join organisation o on o.id = t.organisation_id
   where t.person_id = $1 and t.revoked_at is null order by t.created_at desc, t.id desc`,
);

export const identitiesOf = statement<
  [person: string],
  { issuer: string; subject: string; since: string; suspended: boolean }
>(
  'people.identities-of',
  `select issuer, subject, created_at as since, suspended from identity
   where person_id = $1 and issuer <> 'embedded' order by created_at, issuer`,
);

export const passwordOf = statement<[person: string], { mustChange: boolean }>(
  'people.password-of',
  'select must_change as "mustChange" from credential where person_id = $1',
);

export const sentBy = statement<[person: string, now: string], { invitations: number }>(
  'people.invitations-sent-by',
  'select count(*)::int as invitations from invitation where invited_by = $1 and expires_at > $2',
);

/** Organisations that would have no owner left who can sign in. */
export const soleOwnerOf = statement<[person: string], { name: string }>(
  'people.sole-owner-of',
  `select o.name from membership m join organisation o on o.id = m.organisation_id
   where m.person_id = $1 and m.role = 'owner' and o.personal_of is null
     and exists (select 1 from membership n where n.organisation_id = o.id and n.person_id <> $1)
     and not exists (select 1 from membership n join person p on p.id = n.person_id
       where n.organisation_id = o.id and n.role = 'owner' and n.person_id <> $1 and p.active)
   order by lower(o.name), o.id`,
);
