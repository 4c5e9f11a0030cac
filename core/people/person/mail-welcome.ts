import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { passwordLink } from './account-routes.ts';

/** Tells somebody of the account that an administrator made for them. */
export const mailWelcome = (given: () => PeopleNeeds) =>
  people.outsideHandler({
    event: 'person.created',
    name: 'mail-welcome',
    async handle({ data: { personId, linkId } }, { people: contacts, outside, mail }) {
      const [person] = await contacts.contact([personId]);
      if (!person?.address) return;
      const { address, name } = person;
      const { links, publicUrl } = given().parts;
      const how =
        linkId === null
          ? ['Sign in here:', `${publicUrl}/`]
          : [
              'Choose a password by this link, which is good for a week:',
              passwordLink(publicUrl, links.tokenOf('reset', linkId)),
            ];
      await outside({
        key: `welcome-${personId}`,
        call: (key) =>
          mail.send({
            to: { name, address },
            subject: 'Your account at Task Connect',
            text: [`An account was made for you at ${publicUrl}/ with this address.`, ...how].join('\n\n').concat('\n'),
            messageId: `${key}@task-connect`,
          }),
      });
    },
  });
