import { z } from '@task-connect/sdk';
import { Role } from '../organisation/organisation.ts';

export const Member = z.object({
  person: z.uuid(),
  name: z.string(),
  address: z.string().nullable().describe('null for those who may not see mail addresses'),
  role: Role,
  joinedAt: z.string(),
});
export type Member = z.infer<typeof Member>;

export const MemberPatch = z.strictObject({ role: Role });
