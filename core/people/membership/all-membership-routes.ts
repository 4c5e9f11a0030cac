import { decodeCursor, notFound, PageQuery, pageOf, toPage, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { lockOrganisation } from '../organisation/organisation-table.ts';
import { findAccount } from '../person/person-table.ts';
import { endMembership, giveRole, memberOf } from './change-membership.ts';
import { Member, MemberPatch } from './membership.ts';
import { PersonalOrganisation } from './membership-problems.ts';
import { countMembers, findMember, insertMember, membersOf } from './membership-table.ts';

// Members of any organisation, for administrators: where its owners cannot help themselves.

const cursorShape = z.tuple([z.string(), z.uuid()]);

const list = people.route({
  method: 'GET',
  path: '/people/organisations/:organisationId/members',
  summary: 'The members of any organisation',
  permission: 'people:manage',
  query: PageQuery,
  returns: pageOf(Member),
  async handle({ params: { organisationId: id }, query }, { tx }) {
    const [name = null, person = null] = decodeCursor(query.cursor, cursorShape) ?? [];
    const rows = await tx.query(membersOf, [id, name, person, query.limit + 1]);
    const page = toPage(
      rows,
      query.limit,
      (row) => [row.sortName, row.person],
      ({ sortName: _, ...member }) => member,
    );
    return query.count ? { ...page, total: (await tx.query(countMembers, [id]))[0]!.total } : page;
  },
});

const put = people.route({
  method: 'PUT',
  path: '/people/organisations/:organisationId/members/:personId',
  summary: 'Put somebody into an organisation, or give a member another role',
  permission: 'people:manage',
  body: MemberPatch,
  returns: Member,
  async handle({ params, body, actor, address, requestId }, { tx, publish, clock }) {
    const { organisationId: id, personId } = params;
    const [organisation] = await tx.query(lockOrganisation, [id, id]);
    if (!organisation) notFound('organisation', id);
    if (organisation.personal) throw new PersonalOrganisation({});
    const by = { actor, address, requestId };
    const [member] = await tx.query(findMember, [id, personId]);
    if (member) {
      await giveRole(by, { tx, publish }, { organisation, member, role: body.role });
      return { ...member, role: body.role };
    }
    if ((await tx.query(findAccount, [personId])).length === 0) notFound('person', personId);
    await tx.query(insertMember, [id, personId, body.role, clock.now().toString()]);
    await audited(by, publish, { action: 'member.added', subject: `${id}/${personId}`, after: body });
    return (await tx.query(findMember, [id, personId]))[0]!;
  },
});

const remove = people.route({
  method: 'DELETE',
  path: '/people/organisations/:organisationId/members/:personId',
  summary: 'Remove a member from any organisation',
  permission: 'people:manage',
  async handle({ params, actor, address, requestId }, { tx, publish }) {
    const found = await memberOf(tx, params);
    if (found.organisation.personal) throw new PersonalOrganisation({});
    await endMembership({ actor, address, requestId }, { tx, publish }, found);
  },
});

export const allMembershipRoutes = [list, put, remove];
