import type { FollowedChange } from './given-rights.ts';

/** Writes changes of a sign-in into the audit log, after they were committed; without a request’s id when none asked. */
export type Recorded = (
  by: { person: string; name: string; address: string | null; requestId: string | null },
  changes: readonly FollowedChange[],
) => void;
