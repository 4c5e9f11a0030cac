import { statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';

// Removes what has ended, so that tables hold what counts. Tokens that have ended stay for a month, to be seen.

const statements = [
  'delete from session where expires_at <= $1',
  'delete from oidc_payload where expires_at <= $1',
  `delete from one_time_token where expires_at <= $1::timestamptz - interval '1 day'`,
  `delete from login_failure where last_at <= $1::timestamptz - interval '1 day' and open_at <= $1`,
  `delete from invitation where expires_at <= $1::timestamptz - interval '30 days'`,
  `delete from personal_token where least(revoked_at, expires_at) <= $1::timestamptz - interval '30 days'`,
].map((text, at) => statement<[now: string], unknown>(`identity.sweep-${at}`, text));

export async function sweep(db: Queries, now: Temporal.Instant): Promise<void> {
  for (const each of statements) await db.query(each, [now.toString()]);
}
