import { notFound, type OrganisationRole, type Publish, type Tx } from '@task-connect/sdk';
import { audited, type By } from '../audited.ts';
import type { people } from '../contract.ts';
import { withdrawSent } from '../invitation/withdraw-sent.ts';
import type { Organisation } from '../organisation/organisation.ts';
import { lockOrganisation } from '../organisation/organisation-table.ts';
import type { Member } from './membership.ts';
import { LastOwner } from './membership-problems.ts';
import { changeRole, deleteMember, findMember, otherOwners } from './membership-table.ts';

// What owners and administrators do alike. Promises: an organisation keeps an owner who can sign in, and whoever loses a
// role loses the invitations that they might not send now.

type Lent = { tx: Tx; publish: Publish<typeof people.contract> };
type Membership = { organisation: Organisation; member: Member };

/** A member with the organisation, held until the end of the transaction, so that two owners cannot both leave it. */
export async function memberOf(tx: Tx, { organisationId, personId }: { organisationId: string; personId: string }) {
  const [organisation] = await tx.query(lockOrganisation, [organisationId, organisationId]);
  if (!organisation) notFound('organisation', organisationId);
  const [member] = await tx.query(findMember, [organisationId, personId]);
  return { organisation, member: member ?? notFound('member', personId) };
}

async function keepAnOwner(tx: Tx, { organisation, member }: Membership) {
  if (member.role !== 'owner') return;
  const [others] = await tx.query(otherOwners, [organisation.id, member.person]);
  if (others!.owners === 0) throw new LastOwner({ organisation: organisation.name });
}

export async function giveRole(by: By, lent: Lent, given: Membership & { role: OrganisationRole }): Promise<void> {
  const { organisation, member, role } = given;
  if (role !== 'owner') await keepAnOwner(lent.tx, given);
  await lent.tx.query(changeRole, [organisation.id, member.person, role]);
  const subject = `${organisation.id}/${member.person}`;
  const change = { action: 'member.role-changed', subject, before: { role: member.role }, after: { role } };
  await audited(by, lent.publish, change);
  await withdrawSent(by, lent, { person: member.person, organisation: organisation.id, role });
}

export async function endMembership(by: By, lent: Lent, given: Membership): Promise<void> {
  const { organisation, member } = given;
  await keepAnOwner(lent.tx, given);
  await lent.tx.query(deleteMember, [organisation.id, member.person]);
  const subject = `${organisation.id}/${member.person}`;
  await audited(by, lent.publish, { action: 'member.removed', subject, before: { role: member.role } });
  await withdrawSent(by, lent, { person: member.person, organisation: organisation.id });
}
