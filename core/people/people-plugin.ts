import type { Plugin } from '@task-connect/sdk';
import type { Identity } from '../identity/identity.ts';
import { people } from './contract.ts';
import { invitationRoutes } from './invitation/invitation-routes.ts';
import { mailInvitation } from './invitation/mail-invitation.ts';
import { allMembershipRoutes } from './membership/all-membership-routes.ts';
import { membershipRoutes } from './membership/membership-routes.ts';
import { allOrganisationRoutes } from './organisation/all-organisation-routes.ts';
import { organisationRoutes } from './organisation/organisation-routes.ts';
import { accessRoutes } from './person/access-routes.ts';
import { accountRoutes } from './person/account-routes.ts';
import { administerAtIssuer, lookAtIssuer } from './person/administer-at-issuer.ts';
import { mailPasswordChanged } from './person/mail-password-changed.ts';
import { mailPasswordLink } from './person/mail-password-link.ts';
import { mailWelcome } from './person/mail-welcome.ts';
import { meRoutes } from './person/me-routes.ts';
import { ownPasswordRoutes } from './person/own-password-routes.ts';
import { personDetailRoutes } from './person/person-detail-routes.ts';
import { sessionRoutes } from './session/session-routes.ts';
import { tokenRoutes } from './token/token-routes.ts';

export type PeopleNeeds = Pick<Identity, 'parts'>;

/** The built-in plugin of people. Identity is made after it, since it uses the database that this one migrates. */
export function makePeoplePlugin(given: () => PeopleNeeds): Plugin {
  return people.plugin({
    migrations: new URL('./migrations/', import.meta.url),
    routes: [
      ...meRoutes(given),
      ...tokenRoutes(given),
      ...sessionRoutes(given),
      ...organisationRoutes,
      ...allOrganisationRoutes(given),
      ...allMembershipRoutes,
      ...membershipRoutes,
      ...invitationRoutes(given),
      ...accountRoutes(given),
      ...personDetailRoutes(given),
      ...accessRoutes(given),
      ...ownPasswordRoutes(given),
    ],
    handlers: [
      mailInvitation(given),
      mailWelcome(given),
      mailPasswordLink(given),
      mailPasswordChanged(given),
      administerAtIssuer(given),
    ],
    jobs: [
      lookAtIssuer(given),
      people.job({
        name: 'sweep',
        title: 'Remove sessions, codes and links that have ended',
        cron: '17 * * * *',
        late: 'run-once',
        per: 'platform',
        run: (_run, { unitOfWork }) => unitOfWork(({ tx, clock }) => given().parts.sweep(tx, clock.now())),
      }),
    ],
  });
}
