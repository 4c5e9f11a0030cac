import { type Actor, InvalidInput, notFound, type Tx } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { organisationsOf } from '../organisation/organisation-table.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { arePreferencesSmall, Me, MePatch } from './me.ts';
import { changeProfile, findProfile, type ProfileRow } from './person-table.ts';

/** Each change is small by itself; what stays of all of them has to be so too. */
function refuseLarge({ preferences }: ProfileRow) {
  if (arePreferencesSmall(preferences)) return;
  const detail = 'With those that are kept they are larger than 16 kB. Remove some: null removes one.';
  throw new InvalidInput({ errors: [{ pointer: '/preferences', detail }] });
}

const shownOf = (profile: ProfileRow | undefined) =>
  profile && { name: profile.name, zone: profile.zone, locale: profile.locale, weekStart: profile.weekStart };

export const meRoutes = (given: () => PeopleNeeds) => {
  async function toMe(tx: Tx, actor: Actor, profile: ProfileRow): Promise<Me> {
    const organisations = await tx.query(organisationsOf, [actor.person]);
    const organisation = organisations.find((each) => each.id === actor.organisation);
    const ofRole = given().parts.permissionsOf(actor.role, actor.platformRoles);
    return {
      ...profile,
      accountUrl: given().parts.accountUrl,
      platformRoles: [...actor.platformRoles],
      permissions: [...ofRole].filter((permission) => actor.may(permission)).sort(),
      organisation: organisation ?? notFound('organisation', actor.organisation),
      organisations,
    };
  }

  return [
    people.route({
      method: 'GET',
      path: '/me',
      summary: 'Who one is, and what one may do in the organisation that one acts in',
      permission: 'signed-in',
      returns: Me,
      async handle({ actor }, { tx }) {
        const [profile] = await tx.query(findProfile, [actor.person]);
        return toMe(tx, actor, profile ?? notFound('person', actor.person));
      },
    }),
    people.route({
      method: 'PATCH',
      path: '/me',
      summary: 'Change one’s own profile',
      permission: 'account:manage',
      body: MePatch,
      returns: Me,
      async handle({ body, actor, address, requestId }, { tx, publish }) {
        const [before] = await tx.query(findProfile, [actor.person]);
        const { name = null, zone = null, locale = null, weekStart = null, preferences } = body;
        const merged = preferences ? JSON.stringify(preferences) : null;
        const [profile] = await tx.query(changeProfile, [actor.person, name, zone, locale, weekStart, merged]);
        if (preferences && profile) refuseLarge(profile);
        const [was, is] = [shownOf(before), shownOf(profile)];
        // How the console looks to oneself is nobody else’s business.
        if (JSON.stringify(was) !== JSON.stringify(is)) {
          const change = { action: 'profile.changed', subject: actor.person, before: was, after: is };
          await audited({ actor, address, requestId }, publish, change);
        }
        return toMe(tx, actor, profile ?? notFound('person', actor.person));
      },
    }),
  ];
};
