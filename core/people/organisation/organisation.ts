import { line, organisationRoles, z } from '@task-connect/sdk';

export const Role = z.enum(organisationRoles);

export const Organisation = z.object({
  id: z.uuid(),
  name: z.string(),
  personal: z.boolean().describe('Of one person alone; nobody else can be in it'),
  createdAt: z.string(),
  version: z.int(),
});
export type Organisation = z.infer<typeof Organisation>;

/** An organisation as one of its members sees it. */
export const OwnOrganisation = z.object({ id: z.uuid(), name: z.string(), role: Role, personal: z.boolean() });
export type OwnOrganisation = z.infer<typeof OwnOrganisation>;

export const NewOrganisation = z.strictObject({ name: line(120) });
