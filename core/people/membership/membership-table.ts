import { type OrganisationRole, statement } from '@task-connect/sdk';
import type { Member } from './membership.ts';

const columns = `p.id as person, p.name, p.address, m.role, m.joined_at as "joinedAt"`;

export const membersOf = statement<
  [organisation: string, afterName: string | null, afterPerson: string | null, limit: number],
  Member & { sortName: string }
>(
  'people.members-of',
  `select ${columns}, lower(p.name) as "sortName" from membership m join person p on p.id = m.person_id
   where m.organisation_id = $1 and p.active
     and ($2::text is null or (lower(p.name), p.id) > ($2, $3::uuid))
   order by lower(p.name), p.id limit $4`,
);

export const countMembers = statement<[organisation: string], { total: number }>(
  'people.count-members',
  `select count(*)::int as total from membership m join person p on p.id = m.person_id
   where m.organisation_id = $1 and p.active`,
);

export const findMember = statement<[organisation: string, person: string], Member>(
  'people.find-member',
  `select ${columns} from membership m join person p on p.id = m.person_id
   where m.organisation_id = $1 and m.person_id = $2`,
);

/** Owners who can sign in: an organisation whose only owner is deactivated has none that could help it. */
export const otherOwners = statement<[organisation: string, than: string], { owners: number }>(
  'people.other-owners',
  `select count(*)::int as owners from membership m join person p on p.id = m.person_id
   where m.organisation_id = $1 and m.role = 'owner' and m.person_id <> $2 and p.active`,
);

export const insertMember = statement<
  [organisation: string, person: string, role: OrganisationRole, now: string],
  unknown
>(
  'people.insert-member',
  'insert into membership (organisation_id, person_id, role, joined_at) values ($1, $2, $3, $4)',
);

export const changeRole = statement<[organisation: string, person: string, role: OrganisationRole], unknown>(
  'people.change-role',
  'update membership set role = $3 where organisation_id = $1 and person_id = $2',
);

export const deleteMember = statement<[organisation: string, person: string], unknown>(
  'people.delete-member',
  'delete from membership where organisation_id = $1 and person_id = $2',
);
