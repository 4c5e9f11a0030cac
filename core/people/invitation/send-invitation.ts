import type { Clock, OrganisationRole, Publish, Tx } from '@task-connect/sdk';
import type { By } from '../audited.ts';
import type { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { countLetter } from './count-letter.ts';
import { invitationDays, type SentInvitation } from './invitation.ts';
import { insertInvitation, replaceInvitations } from './invitation-table.ts';

type Lent = { tx: Tx; publish: Publish<typeof people.contract>; clock: Clock };

export const invitationLink = (publicUrl: string, token: string) => `${publicUrl}/auth/invitation?token=${token}`;

/** Sends an invitation, which takes the place of an older one to the same address. Whether one may was asked before. */
export async function sendInvitation(
  { actor }: By,
  { tx, publish, clock }: Lent,
  { links, publicUrl, lockout }: PeopleNeeds['parts'],
  { organisation, address, role }: { organisation: string; address: string; role: OrganisationRole },
): Promise<SentInvitation> {
  const now = clock.now();
  await countLetter(lockout(tx), clock, { from: actor.person, to: address });
  const { id, token, digest } = links.issue('invitation');
  const expiresAt = now.add({ hours: invitationDays * 24 }).toString();
  await tx.query(replaceInvitations, [organisation, address]);
  const values = [id, organisation, address, role, digest, actor.person, now.toString(), expiresAt] as const;
  const [invitation] = await tx.query(insertInvitation, [...values]);
  await publish('invitation.created', { invitationId: id });
  return { ...invitation!, link: invitationLink(publicUrl, token) };
}
