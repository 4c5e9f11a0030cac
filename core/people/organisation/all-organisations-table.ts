import { statement } from '@task-connect/sdk';
import type { Invitation } from '../invitation/invitation.ts';
import type { ListedOrganisation } from './all-organisations.ts';

// All organisations, read with reach operator.

const columns = `o.id, o.name, o.personal_of is not null as personal, o.created_at as "createdAt", o.version,
  (select count(*)::int from membership m join person p on p.id = m.person_id
    where m.organisation_id = o.id and p.active) as members,
  (select count(*)::int from invitation i where i.organisation_id = o.id and i.expires_at > $1) as invitations,
  array(select p.name from membership m join person p on p.id = m.person_id
    where m.organisation_id = o.id and m.role = 'owner' and p.active order by lower(p.name), p.id limit 5) as owners`;

export const allOrganisations = statement<
  [
    now: string,
    text: string | null,
    personal: boolean,
    afterName: string | null,
    afterId: string | null,
    limit: number,
  ],
  ListedOrganisation & { sortName: string }
>(
  'people.all-organisations',
  `select ${columns}, lower(o.name) as "sortName" from organisation o
   where ($2::text is null or position(lower($2) in lower(o.name)) > 0) and (o.personal_of is not null) = $3
     and ($4::text is null or (lower(o.name), o.id) > ($4, $5::uuid))
   order by lower(o.name), o.id limit $6`,
);

export const countOrganisations = statement<[text: string | null, personal: boolean], { total: number }>(
  'people.count-all-organisations',
  `select count(*)::int as total from organisation o
   where ($1::text is null or position(lower($1) in lower(o.name)) > 0) and (o.personal_of is not null) = $2`,
);

export const anyOrganisation = statement<[now: string, id: string], ListedOrganisation & { tokens: number }>(
  'people.any-organisation',
  `select ${columns}, (select count(*)::int from personal_token t
     where t.organisation_id = o.id and t.revoked_at is null and (t.expires_at is null or t.expires_at > $1)) as tokens
   from organisation o where o.id = $2`,
);

export const pendingIn = statement<[organisation: string, now: string], Invitation & { invitedByName: string | null }>(
  'people.pending-in',
  `select i.id, i.address, i.role, i.invited_by as "invitedBy", p.name as "invitedByName",
     i.created_at as "createdAt", i.expires_at as "expiresAt"
   from invitation i left join person p on p.id = i.invited_by
   where i.organisation_id = $1 and i.expires_at > $2 order by i.created_at, i.id limit 200`,
);
