import type { Clock, OrganisationRole } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import { rolesToInvite } from '../people/invitation/invitation.ts';
import { deleteSentInvitations } from '../people/invitation/invitation-table.ts';
import {
  endMembership,
  followAddress,
  type GivenMemberships,
  keepGiven,
  lockGiven,
  otherOwners,
  roleIn,
  setMembership,
  setPlatformRoles,
} from './given-rights-table.ts';
import { type IssuerClaims, rankOf } from './issuer-claims.ts';

// Has the rights of a person follow what their issuer says, at each sign-in and each look at a session. Promises: what the
// issuer gave and gives no more is taken; what was given here stays, and a group never makes anybody less than they are
// here; an organisation keeps its last owner.

/** What was changed by it, for the audit log. */
export type FollowedChange = { action: string; subject: string; before: object; after: object };

export type GivenRights = {
  follow(tx: Queries, issuer: string, claims: IssuerClaims): Promise<FollowedChange[]>;
};

/** An invitation that its sender might not send any more. */
export const withdrawn = ({ id, address, role }: { id: string; address: string; role: string }): FollowedChange => ({
  action: 'invitation.withdrawn',
  subject: id,
  before: { address, role },
  after: {},
});

export function makeGivenRights({ clock }: { clock: Clock }): GivenRights {
  const now = () => clock.now().toString();

  async function memberships(tx: Queries, person: string, before: GivenMemberships, said: IssuerClaims['memberships']) {
    const given: GivenMemberships = {};
    const changes: FollowedChange[] = [];
    const changed = (organisation: string, from: OrganisationRole | null, to: OrganisationRole | null) =>
      changes.push({
        action: 'membership.followed',
        subject: person,
        before: { organisation, role: from },
        after: { organisation, role: to },
      });

    // Sorted, so that two transactions lock organisations in one order.
    for (const id of [...new Set([...Object.keys(before), ...said.keys()])].sort()) {
      const [place] = await tx.query(roleIn, [id, person]);
      if (!place) continue;
      const { role } = place;
      const [was, wanted] = [before[id], said.get(id)];
      // Given by a group, and not changed here since.
      const ours = was !== undefined && role === was.role;
      const base = ours ? was.instead : role;
      const next = wanted === undefined || (base !== null && rankOf(base) >= rankOf(wanted)) ? base : wanted;
      if (role === 'owner' && next !== 'owner' && (await tx.query(otherOwners, [id, person]))[0]!.owners === 0) {
        given[id] = was!;
        continue;
      }
      if (wanted !== undefined && next === wanted && next !== base) given[id] = { role: wanted, instead: base };
      if (next === role) continue;
      if (next === null) await tx.query(endMembership, [id, person]);
      else await tx.query(setMembership, [id, person, next, now()]);
      // Whoever invites has seen the link, and could come back by it.
      const still = next === null ? [] : [...rolesToInvite(next)];
      changed(id, role, next);
      changes.push(...(await tx.query(deleteSentInvitations, [person, id, still])).map(withdrawn));
    }
    return { given, changes };
  }

  return {
    async follow(tx, issuer, claims) {
      const [row] = await tx.query(lockGiven, [issuer, claims.subject]);
      if (!row) return [];
      const { person, platform_roles: roles } = row;
      if (claims.address && claims.addressVerified) await tx.query(followAddress, [person, claims.address, now()]);

      const { given, changes } = await memberships(tx, person, row.given_memberships, claims.memberships);
      const here = roles.filter((role) => !row.given_roles.includes(role));
      const wanted = [...new Set([...here, ...claims.platformRoles])];
      const givenRoles = claims.platformRoles.filter((role) => !here.includes(role));
      if (wanted.length !== roles.length || wanted.some((role) => !roles.includes(role))) {
        await tx.query(setPlatformRoles, [person, wanted]);
        changes.push({
          action: 'person.followed',
          subject: person,
          before: { platformRoles: roles },
          after: { platformRoles: wanted },
        });
      }
      await tx.query(keepGiven, [issuer, claims.subject, givenRoles, JSON.stringify(given)]);
      return changes;
    },
  };
}
