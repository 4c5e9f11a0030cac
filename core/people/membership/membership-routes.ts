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
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { withdrawSent } from '../invitation/withdraw-sent.ts';
import { lockOrganisation } from '../organisation/organisation-table.ts';
import { Member, MemberPatch } from './membership.ts';
import { LastOwner } from './membership-problems.ts';
import { changeRole, countMembers, deleteMember, findMember, membersOf, otherOwners } from './membership-table.ts';

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

/** The organisation, held until the end of the transaction, so that two owners cannot both leave it. */
async function memberOf(tx: Tx, params: { organisationId: string; personId: string }, actor: Actor) {
  const { organisationId, personId } = params;
  const [organisation] = await tx.query(lockOrganisation, [organisationId, actor.organisation]);
  if (!organisation) notFound('organisation', organisationId);
  const [member] = await tx.query(findMember, [organisationId, personId]);
  return { organisation, member: member ?? notFound('member', personId) };
}

async function keepAnOwner(tx: Tx, organisation: { id: string; name: string }, member: Member) {
  if (member.role !== 'owner') return;
  const [others] = await tx.query(otherOwners, [organisation.id, member.person]);
  if (others!.owners === 0) throw new LastOwner({ organisation: organisation.name });
}

const changeMember = people.route({
  method: 'PATCH',
  path: '/organisations/:organisationId/members/:personId',
  summary: 'Change a member’s role',
  description: 'Invitations that they sent and might not send in the new role are withdrawn.',
  permission: 'organisation:manage',
  body: MemberPatch,
  returns: Member,
  async handle({ params, body, actor, address, requestId }, { tx, publish }) {
    const { organisation, member } = await memberOf(tx, params, actor);
    if (body.role !== 'owner') await keepAnOwner(tx, organisation, member);
    await tx.query(changeRole, [organisation.id, member.person, body.role]);
    const subject = `${organisation.id}/${member.person}`;
    const change = { action: 'member.role-changed', subject, before: { role: member.role }, after: body };
    const by = { actor, address, requestId };
    await audited(by, publish, change);
    const sender = { person: member.person, organisation: organisation.id, role: body.role };
    await withdrawSent(by, { tx, publish }, sender);
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
    const { organisation, member } = await memberOf(tx, params, actor);
    await keepAnOwner(tx, organisation, member);
    await tx.query(deleteMember, [organisation.id, member.person]);
    const change = {
      action: 'member.removed',
      subject: `${organisation.id}/${member.person}`,
      before: { role: member.role },
    };
    const by = { actor, address, requestId };
    await audited(by, publish, change);
    await withdrawSent(by, { tx, publish }, { person: member.person, organisation: organisation.id });
  },
});

function mayRemove(actor: Actor, person: string) {
  if (person !== actor.person && !actor.may('organisation:manage'))
    throw new Forbidden({ permission: 'organisation:manage' });
}

export const membershipRoutes = [listMembers, changeMember, removeMember];
