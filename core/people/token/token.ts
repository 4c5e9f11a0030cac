import { line, z } from '@task-connect/sdk';

export const Token = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()).describe('Names of permissions, or “*” for everything that its person may do'),
  organisation: z.uuid(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type Token = z.infer<typeof Token>;

export const IssuedToken = Token.extend({ token: z.string().describe('Shown this once') });

export const NewToken = z.strictObject({
  name: line(120),
  scopes: z.array(z.string().min(1).max(100)).min(1).max(100),
  expiresAt: z.iso
    .datetime({ offset: true })
    .refine(isInstant, { error: 'There is no such time.' })
    .nullable()
    .default(null),
});

/** More than nine digits of a second have the form of RFC 3339, and no clock. */
function isInstant(value: string): boolean {
  try {
    return Temporal.Instant.from(value) !== undefined;
  } catch {
    return false;
  }
}
