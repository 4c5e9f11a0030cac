import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { passwordLink } from './account-routes.ts';

/** A link by which somebody chooses a password, sent by an administrator. */
export const mailPasswordLink = (given: () => PeopleNeeds) =>
  people.outsideHandler({
    event: 'person.password-asked',
    name: 'mail-password-link',
    async handle({ data: { personId, linkId } }, { people: contacts, outside, mail }) {
      const [person] = await contacts.contact([personId]);
      if (!person?.address) return;
      const { address, name } = person;
      const { links, publicUrl } = given().parts;
      await outside({
        key: `password-link-${linkId}`,
        call: (key) =>
          mail.send({
            to: { name, address },
            subject: 'Choose a password',
            text: [
              `An administrator of Task Connect sends you this link, by which you choose a password for ${publicUrl}/:`,
              passwordLink(publicUrl, links.tokenOf('reset', linkId)),
              'It is good for a week and works once. Until you use it, the password that you have stays as it is.\n',
            ].join('\n\n'),
            messageId: `${key}@task-connect`,
          }),
      });
    },
  });
