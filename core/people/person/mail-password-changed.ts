import { passwordChanged } from '../../identity/mails.ts';
import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';

/** Tells the person: whoever changed it may be somebody else. */
export const mailPasswordChanged = (given: () => PeopleNeeds) =>
  people.outsideHandler({
    event: 'person.password-changed',
    name: 'mail-password-changed',
    async handle({ id, data: { personId } }, { people: contacts, outside, mail }) {
      const [person] = await contacts.contact([personId]);
      if (!person?.address) return;
      const { name, address } = person;
      const letter = passwordChanged({ name, address }, `${given().parts.publicUrl}/oidc/forgot`);
      const call = (key: string) => mail.send({ ...letter, messageId: `${key}@task-connect` });
      await outside({ key: `password-changed-${id}`, call });
    },
  });
