import { PageQuery, text, z } from '@task-connect/sdk';
import { Invitation } from '../invitation/invitation.ts';
import { Organisation } from './organisation.ts';

/** An organisation as an administrator sees it: who it is, and nothing of what it keeps. */
export const ListedOrganisation = Organisation.extend({
  members: z.int(),
  owners: z.array(z.string()).describe('Names of the owners who can sign in; empty: nobody can manage it'),
  invitations: z.int(),
});
export type ListedOrganisation = z.infer<typeof ListedOrganisation>;

export const OrganisationDetail = ListedOrganisation.extend({
  tokens: z.int().describe('Access tokens that are bound to it'),
  pending: z.array(Invitation.extend({ invitedByName: z.string().nullable() })),
});
export type OrganisationDetail = z.infer<typeof OrganisationDetail>;

export const OrganisationQuery = PageQuery.extend({
  text: text(200).optional().describe('A part of the name'),
  personal: z.stringbool().default(false).describe('Whether it lists personal ones instead'),
});
