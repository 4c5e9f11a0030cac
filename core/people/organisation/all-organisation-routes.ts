import { checkVersion, decodeCursor, notFound, pageOf, toPage, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { SentInvitation } from '../invitation/invitation.ts';
import { deleteInvitation } from '../invitation/invitation-table.ts';
import { sendInvitation } from '../invitation/send-invitation.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { ListedOrganisation, OrganisationDetail, OrganisationQuery } from './all-organisations.ts';
import { allOrganisations, anyOrganisation, countOrganisations, pendingIn } from './all-organisations-table.ts';
import { NewOrganisation, Organisation } from './organisation.ts';
import { lockOrganisation, renameOrganisation } from './organisation-table.ts';

// All organisations, for administrators: who is in them, and nothing of what plugins keep for them.

const cursorShape = z.tuple([z.string(), z.uuid()]);

const list = people.route({
  method: 'GET',
  path: '/people/organisations',
  summary: 'All organisations of the platform',
  permission: 'people:manage',
  query: OrganisationQuery,
  returns: pageOf(ListedOrganisation),
  async handle({ query: { text = null, personal, cursor, limit, count } }, { tx, clock }) {
    const [name = null, id = null] = decodeCursor(cursor, cursorShape) ?? [];
    const rows = await tx.query(allOrganisations, [clock.now().toString(), text, personal, name, id, limit + 1]);
    const page = toPage(
      rows,
      limit,
      (row) => [row.sortName, row.id],
      ({ sortName: _, ...organisation }) => organisation,
    );
    return count ? { ...page, total: (await tx.query(countOrganisations, [text, personal]))[0]!.total } : page;
  },
});

const read = people.route({
  method: 'GET',
  path: '/people/organisations/:organisationId',
  summary: 'One organisation with its open invitations',
  permission: 'people:manage',
  returns: OrganisationDetail,
  async handle({ params: { organisationId: id } }, { tx, clock }) {
    const now = clock.now().toString();
    const organisation = (await tx.query(anyOrganisation, [now, id]))[0] ?? notFound('organisation', id);
    return { ...organisation, pending: await tx.query(pendingIn, [id, now]) };
  },
});

const rename = people.route({
  method: 'PATCH',
  path: '/people/organisations/:organisationId',
  summary: 'Rename any organisation',
  permission: 'people:manage',
  body: NewOrganisation,
  returns: Organisation,
  async handle({ params: { organisationId: id }, body, actor, ifMatch, address, requestId }, { tx, publish }) {
    const before = (await tx.query(lockOrganisation, [id, id]))[0] ?? notFound('organisation', id);
    checkVersion('organisation', ifMatch, before.version);
    const [after] = await tx.query(renameOrganisation, [id, body.name]);
    const change = { action: 'organisation.renamed', subject: id, before: { name: before.name }, after: body };
    await audited({ actor, address, requestId }, publish, change);
    return after!;
  },
});

const withdraw = people.route({
  method: 'DELETE',
  path: '/people/organisations/:organisationId/invitations/:invitationId',
  summary: 'Withdraw an invitation to any organisation',
  permission: 'people:manage',
  async handle({ params, actor, address, requestId }, { tx, publish }) {
    const { organisationId, invitationId: id } = params;
    const [gone] = await tx.query(deleteInvitation, [organisationId, id]);
    if (!gone) notFound('invitation', id);
    const before = { address: gone.address, role: gone.role };
    await audited({ actor, address, requestId }, publish, {
      action: 'invitation.withdrawn',
      subject: id,
      before,
      organisation: organisationId,
    });
  },
});

const resend = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/people/organisations/:organisationId/invitations/:invitationId/resend',
    summary: 'Send an invitation to any organisation again; the link that was sent before ends',
    permission: 'people:manage',
    status: 201,
    returns: SentInvitation,
    async handle({ params, actor, address, requestId }, { tx, publish, clock }) {
      const { organisationId: organisation, invitationId: id } = params;
      const [before] = await tx.query(deleteInvitation, [organisation, id]);
      if (!before) notFound('invitation', id);
      const by = { actor, address, requestId };
      const invitation = { organisation, address: before.address, role: before.role };
      const sent = await sendInvitation(by, { tx, publish, clock }, given().parts, invitation);
      const after = { address: before.address };
      await audited(by, publish, {
        action: 'invitation.resent',
        subject: sent.id,
        before: { id },
        after,
        organisation,
      });
      return sent;
    },
  });

export const allOrganisationRoutes = (given: () => PeopleNeeds) => [list, read, rename, withdraw, resend(given)];
