import { statement, z } from '@task-connect/sdk';

export const Session = z.object({
  id: z.uuid(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  userAgent: z.string(),
  address: z.string(),
});
export type Session = z.infer<typeof Session>;

export const sessionsOf = statement<[person: string, now: string], Session>(
  'people.sessions-of',
  `select id, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt",
     user_agent as "userAgent", address
   from session where person_id = $1 and expires_at > $2 order by last_seen_at desc, id`,
);
