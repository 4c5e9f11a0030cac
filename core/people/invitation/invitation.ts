import { z } from '@task-connect/sdk';
import { Role } from '../organisation/organisation.ts';

export const Invitation = z.object({
  id: z.uuid(),
  address: z.string(),
  role: Role,
  invitedBy: z.uuid().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type Invitation = z.infer<typeof Invitation>;

export const SentInvitation = Invitation.extend({
  link: z.string().describe('The link that is mailed, shown this once, to hand on where no mail goes out'),
});

export const NewInvitation = z.strictObject({ address: z.email().max(254), role: Role.default('member') });

export const Acceptance = z.strictObject({ token: z.string().min(1).max(200) });

export const invitationDays = 14;
