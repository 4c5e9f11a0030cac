import { type OrganisationRole, organisationRoles, z } from '@task-connect/sdk';
import { people } from '../contract.ts';
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

export type SentInvitation = z.infer<typeof SentInvitation>;

export const NewInvitation = z.strictObject({ address: z.email().max(254), role: Role.default('member') });

export const Acceptance = z.strictObject({ token: z.string().min(1).max(200) });

export const invitationDays = 14;

const rank = (role: OrganisationRole) => organisationRoles.indexOf(role);
const lowestThatInvites = people.contract.permissions['organisation:invite'].role;

/** As what somebody of this role may invite: up to their own, if they may at all. */
export const rolesToInvite = (role: OrganisationRole): readonly OrganisationRole[] =>
  rank(role) < rank(lowestThatInvites) ? [] : organisationRoles.slice(0, rank(role) + 1);
