import { instant, text, z } from '@task-connect/sdk';

/** A line of the audit log. */
export const AuditEntryShape = z.object({
  id: z.int(),
  at: z.string(),
  actor: z.string().nullable(),
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
  plugin: z.string().nullable(),
  organisation: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
});

/** Which lines; what is not given does not count. */
export const auditFilter = {
  action: text(100).optional().describe('One action, or with a point at its end all that begin so: `person.`'),
  subject: text(200).optional(),
  actor: z.uuid().optional(),
  about: z.uuid().optional().describe('What a person did, and what was done to their account and memberships'),
  plugin: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .max(60)
    .optional(),
  organisation: z.uuid().optional(),
  text: text(200).optional().describe('A part of the name, the action or the subject'),
  from: instant().optional(),
  to: instant().optional(),
};
