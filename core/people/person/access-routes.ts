import { declareProblem, notFound, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { countLetter } from '../invitation/count-letter.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { sessionsOf } from '../session/session-table.ts';
import { revokeToken } from '../token/token-table.ts';
import { passwordLink, welcomeDays } from './account-routes.ts';
import { findAccount } from './person-table.ts';

// What an administrator does for somebody who cannot get in, and against somebody who should not be in.

export const AccountInactive = declareProblem({
  type: 'people/account-inactive',
  status: 409,
  title: 'The account is not active',
  detail: (f: { name: string }) =>
    `${f.name} could not sign in with a new password either. Activate the account first.`,
});

export const NoAddress = declareProblem({
  type: 'people/no-address',
  status: 409,
  title: 'There is no mail address',
  detail: (f: { name: string }) => `${f.name} has no mail address here, so there is nowhere to send it.`,
});

const SentPasswordMail = z.object({
  toDo: z.string().nullable().describe('What an administrator has to do at the issuer, where the platform may not'),
  link: z.string().nullable().describe('By which the person chooses a password; mailed too, and shown this once'),
});

const notOurs =
  'People sign in elsewhere, and the platform has no credential to manage them there. Send the mail from there.';

const sendPasswordMail = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/people/:personId/password-mail',
    summary: 'Mail somebody a link by which they choose a password',
    description:
      'Where people sign in at a Keycloak that the platform may manage, that one sends its own mail (execute-actions-email). The present password stays good until the link is used.',
    permission: 'people:manage',
    status: 202,
    returns: SentPasswordMail,
    async handle({ params: { personId: id }, actor, address, requestId }, { tx, publish, clock }) {
      const { oneTimeTokens, signsInHere, publicUrl, issuerPeople, lockout } = given().parts;
      const account = (await tx.query(findAccount, [id]))[0] ?? notFound('person', id);
      if (!account.active) throw new AccountInactive({ name: account.name });
      if (account.address === null) throw new NoAddress({ name: account.name });
      await countLetter(lockout(tx), clock, { from: actor.person, to: account.address });
      await audited({ actor, address, requestId }, publish, { action: 'password-mail.sent', subject: id });
      if (!signsInHere) {
        const managed = (await issuerPeople?.managed()) ?? false;
        if (managed) await publish('person.administered', { personId: id, change: 'password' });
        return { toDo: managed ? null : notOurs, link: null };
      }
      const link = await oneTimeTokens.issue(tx, 'reset', { person: id, hours: welcomeDays * 24 });
      await publish('person.password-asked', { personId: id, linkId: link.id });
      return { toDo: null, link: passwordLink(publicUrl, link.token) };
    },
  });

const unlock = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/people/:personId/unlock',
    summary: 'Let somebody try a password again at once, after too many wrong ones',
    permission: 'people:manage',
    returns: z.object({ waited: z.boolean().describe('Whether they had to wait') }),
    async handle({ params: { personId: id }, actor, address, requestId }, { tx, publish }) {
      const account = (await tx.query(findAccount, [id]))[0] ?? notFound('person', id);
      if (account.address === null) return { waited: false };
      const lockout = given().parts.lockout(tx);
      const until = await lockout.waitsUntil({ kind: 'account', of: account.address });
      await lockout.succeeded([{ kind: 'account', of: account.address }]);
      const before = { waitsUntil: until?.toString() ?? null };
      await audited({ actor, address, requestId }, publish, { action: 'person.unlocked', subject: id, before });
      return { waited: until !== null };
    },
  });

const endSessions = (given: () => PeopleNeeds) =>
  people.route({
    method: 'DELETE',
    path: '/people/:personId/sessions',
    summary: 'Sign somebody out of all browsers',
    permission: 'people:manage',
    async handle({ params: { personId: id }, actor, address, requestId }, { tx, publish, clock }) {
      if ((await tx.query(findAccount, [id])).length === 0) notFound('person', id);
      const sessions = (await tx.query(sessionsOf, [id, clock.now().toString()])).length;
      await given().parts.endings.ofPerson(tx, id, { tokens: false });
      await audited({ actor, address, requestId }, publish, {
        action: 'sessions.ended',
        subject: id,
        before: { sessions },
      });
    },
  });

const endSession = (given: () => PeopleNeeds) =>
  people.route({
    method: 'DELETE',
    path: '/people/:personId/sessions/:sessionId',
    summary: 'Sign somebody out of one browser',
    permission: 'people:manage',
    async handle({ params, actor, address, requestId }, { tx, publish, clock }) {
      const sessions = await tx.query(sessionsOf, [params.personId, clock.now().toString()]);
      const session = sessions.find(({ id }) => id === params.sessionId) ?? notFound('session', params.sessionId);
      await given().parts.endings.sessions(tx, [session.id]);
      const before = { userAgent: session.userAgent, address: session.address };
      const change = { action: 'session.ended', subject: `${params.personId}/${session.id}`, before };
      await audited({ actor, address, requestId }, publish, change);
    },
  });

const endToken = people.route({
  method: 'DELETE',
  path: '/people/:personId/tokens/:tokenId',
  summary: 'Revoke a personal access token of somebody',
  permission: 'people:manage',
  async handle({ params, actor, address, requestId }, { tx, publish, clock }) {
    const { personId, tokenId: id } = params;
    const [revoked] = await tx.query(revokeToken, [id, personId, clock.now().toString()]);
    if (!revoked) notFound('token', id);
    const change = { action: 'token.revoked', subject: id, before: { ...revoked, person: personId } };
    await audited({ actor, address, requestId }, publish, change);
  },
});

export const accessRoutes = (given: () => PeopleNeeds) => [
  sendPasswordMail(given),
  unlock(given),
  endSessions(given),
  endSession(given),
  endToken,
];
