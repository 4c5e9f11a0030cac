import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';

// What administrators do to accounts here is done at the issuer too, where people sign in there and we may manage them.
// The handler looks at what is so now and makes it so there, so that an event that comes twice or late does no harm.

export const administerAtIssuer = (given: () => PeopleNeeds) =>
  people.outsideHandler({
    event: 'person.administered',
    name: 'administer-at-issuer',
    async handle({ id, data: { personId, change } }, { outside, log }) {
      const { issuerPeople: issuer } = given().parts;
      if (!issuer) return;
      if (change === 'active') return issuer.follow(personId);
      const made = await issuer.make(personId);
      const subjects = change === 'password' ? await issuer.subjectsOf(personId) : made === undefined ? [] : [made];
      for (const subject of subjects) {
        const { mailed } = await outside({
          // Asked for again it is another mail; for an account that was just made there is one.
          key: change === 'password' ? `password-at-issuer-${id}-${subject}` : `password-at-issuer-${personId}`,
          call: async () => ({ mailed: await issuer.mailPasswordLink(subject) }),
        });
        if (!mailed)
          log.warn({ person: personId }, 'The issuer sends no mail, so nobody was told how to choose a password');
      }
    },
  });

/** A token needs no sign-in, so nothing but a question tells that its person was deactivated there. */
export const lookAtIssuer = (given: () => PeopleNeeds) =>
  people.job({
    name: 'look-at-issuer',
    title: 'Suspend who was deactivated where people sign in, and let act again who is active there',
    cron: '*/30 * * * * *',
    late: 'skip',
    per: 'platform',
    timeoutSeconds: 120,
    run: async () => given().parts.issuerPeople?.look(),
  });
