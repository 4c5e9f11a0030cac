import { type OrganisationRole, statement } from '@task-connect/sdk';
import type { Invitation } from './invitation.ts';

const columns = `id, address, role, invited_by as "invitedBy", created_at as "createdAt", expires_at as "expiresAt"`;

export const invitationsOf = statement<
  [organisation: string, now: string, afterAt: string | null, afterId: string | null, limit: number],
  Invitation
>(
  'people.invitations-of',
  `select ${columns} from invitation where organisation_id = $1 and expires_at > $2
     and ($3::timestamptz is null or (created_at, id) > ($3, $4::uuid))
   order by created_at, id limit $5`,
);

export const insertInvitation = statement<
  [
    id: string,
    organisation: string,
    address: string,
    role: OrganisationRole,
    digest: string,
    invitedBy: string,
    now: string,
    expiresAt: string,
  ],
  Invitation
>(
  'people.insert-invitation',
  `insert into invitation (id, organisation_id, address, role, token_digest, invited_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${columns}`,
);

/** A new invitation takes the place of an older one to the same address. */
export const replaceInvitations = statement<[organisation: string, address: string], unknown>(
  'people.replace-invitations',
  'delete from invitation where organisation_id = $1 and lower(address) = lower($2)',
);

export const deleteInvitation = statement<[organisation: string, id: string], Invitation>(
  'people.delete-invitation',
  `delete from invitation where organisation_id = $1 and id = $2 returning ${columns}`,
);

/** Those of a sender, in one organisation or in all, whose role is none of these. */
export const deleteSentInvitations = statement<
  [sender: string, organisation: string | null, roles: OrganisationRole[]],
  Invitation
>(
  'people.delete-sent-invitations',
  `delete from invitation
   where invited_by = $1 and ($2::uuid is null or organisation_id = $2) and role <> all ($3::text[])
   returning ${columns}`,
);

export const memberWithAddress = statement<[organisation: string, address: string], { name: string }>(
  'people.member-with-address',
  `select p.name from membership m join person p on p.id = m.person_id
   where m.organisation_id = $1 and lower(p.address) = lower($2)`,
);

export const invitationToMail = statement<
  [id: string],
  { address: string; role: OrganisationRole; organisation: string; invitedBy: string | null }
>(
  'people.invitation-to-mail',
  `select i.address, i.role, o.name as organisation, p.name as "invitedBy"
   from invitation i join organisation o on o.id = i.organisation_id left join person p on p.id = i.invited_by
   where i.id = $1`,
);
