import type { OrganisationRole, Publish, Tx } from '@task-connect/sdk';
import { audited, type By } from '../audited.ts';
import type { people } from '../contract.ts';
import { rolesToInvite } from './invitation.ts';
import { deleteSentInvitations } from './invitation-table.ts';

/**
 * Withdraws what somebody has sent and might not send now. Whoever invites has seen the link, and could come back by it
 * after they were removed. Without an organisation: in all of them; without a role: as one who is no member.
 */
export async function withdrawSent(
  by: By,
  { tx, publish }: { tx: Tx; publish: Publish<typeof people.contract> },
  sender: { person: string; organisation?: string; role?: OrganisationRole },
): Promise<void> {
  const still = sender.role === undefined ? [] : rolesToInvite(sender.role);
  const withdrawn = await tx.query(deleteSentInvitations, [sender.person, sender.organisation ?? null, [...still]]);
  for (const { id, address, role } of withdrawn)
    await audited(by, publish, { action: 'invitation.withdrawn', subject: id, before: { address, role } });
}
