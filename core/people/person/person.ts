import { line, PageQuery, text, z } from '@task-connect/sdk';

export const PlatformRole = z.enum(['administrator']);

/** An account as an administrator sees it. */
export const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  address: z.string().nullable(),
  addressVerified: z.boolean(),
  active: z.boolean(),
  platformRoles: z.array(z.string()),
  createdAt: z.string(),
  lastSeenAt: z.string().nullable(),
  version: z.int(),
});
export type Account = z.infer<typeof Account>;

export const NewAccount = z.strictObject({
  name: line(120),
  address: z.email().max(254),
  platformRoles: z.array(PlatformRole).default([]),
});

/** After a change: whether more is to be done elsewhere. */
export const ChangedAccount = Account.extend({
  toDo: z.string().nullable().describe('What an administrator has to do at the issuer, where the platform may not'),
});

export const MadeAccount = ChangedAccount.extend({
  link: z.string().nullable().describe('By which the person chooses a password; mailed too, and shown this once'),
});

export const AccountPatch = z.strictObject({
  active: z.boolean().optional(),
  platformRoles: z.array(PlatformRole).optional(),
});

export const AccountQuery = PageQuery.extend({
  text: text(200).optional().describe('A part of the name or the address'),
  active: z.stringbool().optional(),
  verified: z.stringbool().optional().describe('Whether the address was shown to be theirs'),
  role: PlatformRole.optional(),
});
