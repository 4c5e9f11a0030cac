import {
  type Actor,
  decodeCursor,
  Forbidden,
  notFound,
  PageQuery,
  pageOf,
  type Tx,
  toPage,
  z,
} from '@task-connect/sdk';
import { people } from '../contract.ts';
import { endMembership, giveRole, memberOf } from './change-membership.ts';
import { Member, MemberPatch } from './membership.ts';
import { PersonalOrganisation } from './membership-problems.ts';
import { countMembers, membersOf } from './membership-table.ts';

// Members of the organisation that one acts in; another one’s are not found.

const cursorShape = z.tuple([z.string(), z.uuid()]);

const listMembers = people.route({
  method: 'GET',
  path: '/organisations/:organisationId/members',
  summary: 'The members of the organisation that one acts in',
  permission: 'signed-in',
  query: PageQuery.extend({ limit: z.coerce.number().int().min(1).max(200).default(200) }),
  returns: pageOf(Member),
  async handle({ params, query, actor }, { tx }) {
    if (params.organisationId !== actor.organisation) notFound('organisation', params.organisationId);
    const [name = null, person = null] = decodeCursor(query.cursor, cursorShape) ?? [];
    const rows = await tx.query(membersOf, [actor.organisation, name, person, query.limit + 1]);
    const page = toPage(
      rows,
      query.limit,
      (row) => [row.sortName, row.person],
      ({ sortName: _, ...member }) => asSeenBy(actor, member),
    );
    if (!query.count) return page;
    return { ...page, total: (await tx.query(countMembers, [actor.organisation]))[0]!.total };
  },
});

/** Guests, and programs whose token was not made for it, see names and roles alone. */
const asSeenBy = (actor: Actor, member: Member): Member =>
  member.person === actor.person || actor.may('organisation:addresses') ? member : { ...member, address: null };

const memberHere = (tx: Tx, params: { organisationId: string; personId: string }, actor: Actor) =>
  memberOf(tx, params.organisationId === actor.organisation ? params : notFound('organisation', params.organisationId));

const changeMember = people.route({
  method: 'PATCH',
  path: '/organisations/:organisationId/members/:personId',
  summary: 'Change a member’s role',
  description: 'Invitations that they sent and might not send in the new role are withdrawn.',
  permission: 'organisation:manage',
  body: MemberPatch,
  returns: Member,
  async handle({ params, body, actor, address, requestId }, { tx, publish }) {
    const { organisation, member } = await memberHere(tx, params, actor);
    await giveRole({ actor, address, requestId }, { tx, publish }, { organisation, member, role: body.role });
    return asSeenBy(actor, { ...member, role: body.role });
  },
});

const removeMember = people.route({
  method: 'DELETE',
  path: '/organisations/:organisationId/members/:personId',
  summary: 'Leave the organisation, or remove a member',
  description:
    'Leaving needs no right; removing somebody else needs organisation:manage. Invitations that the member sent are withdrawn.',
  permission: 'account:manage',
  async handle({ params, actor, address, requestId }, { tx, publish }) {
    mayRemove(actor, params.personId);
    const { organisation, member } = await memberHere(tx, params, actor);
    await endMembership({ actor, address, requestId }, { tx, publish }, { organisation, member });
  },
});

function mayRemove(actor: Actor, person: string) {
  if (person !== actor.person && !actor.may('organisation:manage'))
    throw new Forbidden({ permission: 'organisation:manage' });
}

const giveOwnership = people.route({
  method: 'PUT',
  path: '/organisations/:organisationId/owner',
  summary: 'Hand one’s ownership to another member, and be a manager from then on',
  permission: 'organisation:manage',
  body: z.strictObject({ person: z.uuid() }),
  returns: Member,
  async handle({ params, body, actor, address, requestId }, { tx, publish }) {
    const { organisationId } = params;
    const { organisation, member } = await memberHere(tx, { organisationId, personId: body.person }, actor);
    if (organisation.personal) throw new PersonalOrganisation({});
    const { member: self } = await memberHere(tx, { organisationId, personId: actor.person }, actor);
    const by = { actor, address, requestId };
    if (member.person === self.person) return self;
    await giveRole(by, { tx, publish }, { organisation, member, role: 'owner' });
    await giveRole(by, { tx, publish }, { organisation, member: self, role: 'manager' });
    return asSeenBy(actor, { ...member, role: 'owner' });
  },
});

export const membershipRoutes = [listMembers, changeMember, removeMember, giveOwnership];
