import { type Actor, decodeCursor, notFound, PageQuery, pageOf, toPage, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { PersonalOrganisation } from '../membership/membership-problems.ts';
import { OwnOrganisation } from '../organisation/organisation.ts';
import { lockOrganisation } from '../organisation/organisation-table.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { asCore } from '../reach.ts';
import { Acceptance, Invitation, NewInvitation, rolesToInvite, SentInvitation } from './invitation.ts';
import { InvitationEnded, MemberAlready, RoleTooHigh } from './invitation-problems.ts';
import { deleteInvitation, invitationsOf, memberWithAddress } from './invitation-table.ts';
import { sendInvitation } from './send-invitation.ts';

const cursorShape = z.tuple([z.string(), z.uuid()]);

const here = (organisationId: string, actor: Actor) =>
  organisationId === actor.organisation ? organisationId : notFound('organisation', organisationId);

const listInvitations = people.route({
  method: 'GET',
  path: '/organisations/:organisationId/invitations',
  summary: 'Invitations that were not taken up yet',
  permission: 'organisation:invite',
  query: PageQuery.omit({ count: true }),
  returns: pageOf(Invitation),
  async handle({ params, query, actor }, { tx, clock }) {
    const organisation = here(params.organisationId, actor);
    const [at = null, id = null] = decodeCursor(query.cursor, cursorShape) ?? [];
    const rows = await tx.query(invitationsOf, [organisation, clock.now().toString(), at, id, query.limit + 1]);
    return toPage(
      rows,
      query.limit,
      (row) => [row.createdAt, row.id],
      (row) => row,
    );
  },
});

const invite = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/organisations/:organisationId/invitations',
    summary: 'Invite somebody by mail',
    permission: 'organisation:invite',
    body: NewInvitation,
    status: 201,
    returns: SentInvitation,
    async handle({ params, body, actor, address, requestId }, { tx, publish, clock }) {
      const { organisationId } = params;
      const [organisation] = await tx.query(lockOrganisation, [organisationId, actor.organisation]);
      if (!organisation) notFound('organisation', organisationId);
      if (organisation.personal) throw new PersonalOrganisation({});
      if (!rolesToInvite(actor.role).includes(body.role)) throw new RoleTooHigh({ own: actor.role });
      const [member] = await tx.query(memberWithAddress, [organisation.id, body.address]);
      if (member) throw new MemberAlready({ name: member.name });

      const by = { actor, address, requestId };
      const invitation = { organisation: organisation.id, address: body.address, role: body.role };
      const sent = await sendInvitation(by, { tx, publish, clock }, given().parts, invitation);
      await audited(by, publish, {
        action: 'invitation.made',
        subject: sent.id,
        after: body,
        organisation: organisation.id,
      });
      return sent;
    },
  });

const resendInvitation = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/organisations/:organisationId/invitations/:invitationId/resend',
    summary: 'Send an invitation again; the link that was sent before ends',
    description: 'It has another id afterwards, and two weeks from now on.',
    permission: 'organisation:invite',
    status: 201,
    returns: SentInvitation,
    async handle({ params, actor, address, requestId }, { tx, publish, clock }) {
      const { invitationId: id } = params;
      const [before] = await tx.query(deleteInvitation, [here(params.organisationId, actor), id]);
      if (!before) notFound('invitation', id);
      if (!rolesToInvite(actor.role).includes(before.role)) throw new RoleTooHigh({ own: actor.role });
      const by = { actor, address, requestId };
      const invitation = { organisation: params.organisationId, address: before.address, role: before.role };
      const sent = await sendInvitation(by, { tx, publish, clock }, given().parts, invitation);
      const change = {
        action: 'invitation.resent',
        subject: sent.id,
        before: { id },
        after: { address: before.address },
      };
      await audited(by, publish, change);
      return sent;
    },
  });

const withdrawInvitation = people.route({
  method: 'DELETE',
  path: '/organisations/:organisationId/invitations/:invitationId',
  summary: 'Withdraw an invitation',
  permission: 'organisation:invite',
  async handle({ params, actor, address, requestId }, { tx, publish }) {
    const { invitationId: id } = params;
    const [gone] = await tx.query(deleteInvitation, [here(params.organisationId, actor), id]);
    if (!gone) notFound('invitation', id);
    const before = { address: gone.address, role: gone.role };
    await audited({ actor, address, requestId }, publish, {
      action: 'invitation.withdrawn',
      subject: id,
      before,
      organisation: params.organisationId,
    });
  },
});

const acceptInvitation = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/invitations/accept',
    summary: 'Join an organisation with the token of an invitation',
    permission: 'account:manage',
    body: Acceptance,
    returns: OwnOrganisation,
    async handle({ body, actor, address, requestId }, { tx, publish }) {
      const { invitations } = given().parts;
      const accepted = await asCore(tx, () => invitations.accept(tx, body.token, actor.person));
      if (!accepted) throw new InvitationEnded({});
      const { organisation: id, organisationName: name, role } = accepted;
      const change = {
        action: 'invitation.accepted',
        subject: accepted.id,
        after: { organisation: id, role },
        organisation: id,
      };
      await audited({ actor, address, requestId }, publish, change);
      return { id, name, role, personal: false };
    },
  });

export const invitationRoutes = (given: () => PeopleNeeds) => [
  listInvitations,
  invite(given),
  resendInvitation(given),
  withdrawInvitation,
  acceptInvitation(given),
];
