import { notFound } from '@task-connect/sdk';
import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { sessionsOf } from '../session/session-table.ts';
import { consequencesOf, PersonDetail } from './person-detail.ts';
import { allTokensOf, identitiesOf, membershipsOf, passwordOf, sentBy, soleOwnerOf } from './person-detail-table.ts';
import { findAccount } from './person-table.ts';

export const personDetailRoutes = (given: () => PeopleNeeds) => [
  people.route({
    method: 'GET',
    path: '/people/:personId',
    summary: 'One account with its memberships, sessions, tokens and ways to sign in',
    permission: 'people:manage',
    returns: PersonDetail,
    async handle({ params: { personId: id } }, { tx, clock }): Promise<PersonDetail> {
      const account = (await tx.query(findAccount, [id]))[0] ?? notFound('person', id);
      const now = clock.now().toString();
      const { signsInHere, lockout } = given().parts;
      const memberships = await tx.query(membershipsOf, [id]);
      const sessions = await tx.query(sessionsOf, [id, now]);
      const tokens = await tx.query(allTokensOf, [id]);
      const [credential] = await tx.query(passwordOf, [id]);
      const [sent] = await tx.query(sentBy, [id, now]);
      const alone = (await tx.query(soleOwnerOf, [id])).map(({ name }) => name);
      const waits = account.address && (await lockout(tx).waitsUntil({ kind: 'account', of: account.address }));
      const reached = { name: account.name, sessions, tokens, invitations: sent!.invitations, soleOwnerOf: alone };
      return {
        ...account,
        memberships,
        sessions,
        tokens,
        password: signsInHere ? (credential ? (credential.mustChange ? 'for-once' : 'set') : 'none') : null,
        identities: await tx.query(identitiesOf, [id]),
        waitsUntil: waits ? waits.toString() : null,
        deactivating: consequencesOf(reached),
      };
    },
  }),
];
