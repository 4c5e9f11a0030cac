import { type Actor, type Clock, decodeCursor, notFound, PageQuery, pageOf, toPage, z } from '@task-connect/sdk';
import type { Lockout } from '../../identity/lockout.ts';
import { makeWaitText } from '../../identity/wait.ts';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { PersonalOrganisation } from '../membership/membership-problems.ts';
import { OwnOrganisation } from '../organisation/organisation.ts';
import { lockOrganisation } from '../organisation/organisation-table.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { asCore } from '../reach.ts';
import { Acceptance, Invitation, invitationDays, NewInvitation, rolesToInvite, SentInvitation } from './invitation.ts';
import { InvitationEnded, MemberAlready, RoleTooHigh, TooManyLetters } from './invitation-problems.ts';
import {
  deleteInvitation,
  insertInvitation,
  invitationsOf,
  memberWithAddress,
  replaceInvitations,
} from './invitation-table.ts';

const cursorShape = z.tuple([z.string(), z.uuid()]);

const here = (organisationId: string, actor: Actor) =>
  organisationId === actor.organisation ? organisationId : notFound('organisation', organisationId);

export const invitationLink = (publicUrl: string, token: string) => `${publicUrl}/auth/invitation?token=${token}`;

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

/** Anybody who may have an organisation could else have us write to the whole world. */
async function countLetter(lockout: Lockout, clock: Clock, letter: { from: string; to: string }) {
  const { waitUntil } = await lockout.begin([
    { kind: 'sender', of: letter.from },
    { kind: 'mail', of: letter.to },
  ]);
  if (waitUntil) throw new TooManyLetters({ retrySeconds: Number(makeWaitText(clock).seconds(waitUntil)) });
}

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

      const { links, publicUrl, lockout } = given().parts;
      const now = clock.now();
      await countLetter(lockout(tx), clock, { from: actor.person, to: body.address });
      const { id, token, digest } = links.issue('invitation');
      const expiresAt = now.add({ hours: invitationDays * 24 }).toString();
      await tx.query(replaceInvitations, [organisation.id, body.address]);
      const values = [
        id,
        organisation.id,
        body.address,
        body.role,
        digest,
        actor.person,
        now.toString(),
        expiresAt,
      ] as const;
      const [invitation] = await tx.query(insertInvitation, [...values]);
      await publish('invitation.created', { invitationId: id });
      await audited({ actor, address, requestId }, publish, { action: 'invitation.made', subject: id, after: body });
      return { ...invitation!, link: invitationLink(publicUrl, token) };
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
    await audited({ actor, address, requestId }, publish, { action: 'invitation.withdrawn', subject: id, before });
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
      const change = { action: 'invitation.accepted', subject: accepted.id, after: { organisation: id, role } };
      await audited({ actor, address, requestId }, publish, change);
      return { id, name, role, personal: false };
    },
  });

export const invitationRoutes = (given: () => PeopleNeeds) => [
  listInvitations,
  invite(given),
  withdrawInvitation,
  acceptInvitation(given),
];
