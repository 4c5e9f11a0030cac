import { declareProblem, InvalidInput, z } from '@task-connect/sdk';
import { faultOfPassword, longest } from '../../identity/password-rules.ts';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { sessionsOf } from '../session/session-table.ts';
import { findProfile } from './person-table.ts';

export const PasswordElsewhere = declareProblem({
  type: 'people/password-elsewhere',
  status: 409,
  title: 'The password is not kept here',
  detail: (f: { accountUrl: string }) => `Change it where you sign in: ${f.accountUrl}`,
});

const NewPassword = z.strictObject({
  present: z.string().min(1).max(1000),
  next: z.string().min(1).max(1000),
});

export const ownPasswordRoutes = (given: () => PeopleNeeds) => [
  people.route({
    method: 'PUT',
    path: '/me/password',
    summary: 'Choose another password; all other browsers are signed out',
    description: `With the present one. It has ten characters or more, and at most ${longest}. Personal tokens stay.`,
    permission: 'account:manage',
    body: NewPassword,
    returns: z.object({ signedOut: z.int().describe('How many other browsers were signed out') }),
    async handle({ body, actor, credential, address, requestId }, { tx, publish, clock }) {
      const { signsInHere, accountUrl, proof, accounts, oneTimeTokens, endings } = given().parts;
      if (!signsInHere) throw new PasswordElsewhere({ accountUrl: accountUrl ?? '' });
      const [profile] = await tx.query(findProfile, [actor.person]);
      const fault = faultOfPassword(body.next, profile?.address ?? '');
      if (fault) throw new InvalidInput({ errors: [{ pointer: '/next', detail: fault }] });
      await proof.password({ person: actor.person, password: body.present, address });
      await accounts.setPassword(tx, actor.person, body.next);
      await oneTimeTokens.withdraw(tx, actor.person);
      const here = credential.kind === 'session' ? credential.sessionId : undefined;
      const others = (await tx.query(sessionsOf, [actor.person, clock.now().toString()])).filter(
        ({ id }) => id !== here,
      );
      await endings.sessions(
        tx,
        others.map(({ id }) => id),
      );
      await publish('person.password-changed', { personId: actor.person });
      await audited({ actor, address, requestId }, publish, { action: 'password.changed', subject: actor.person });
      return { signedOut: others.length };
    },
  }),
];
