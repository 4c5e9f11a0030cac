import { Unavailable } from '@task-connect/sdk';
import { isConnectionLost } from '../database/database.ts';

/** The database cannot be reached: nobody’s fault, and over soon. */
export const isAway = (error: unknown): boolean =>
  isConnectionLost(error) || (error instanceof Error && /timeout exceeded when trying to connect/i.test(error.message));

/** Who asks cannot be known while the database is away; that is a 503 and not a fault of the request. */
export function orUnavailable(error: unknown): never {
  if (!isAway(error)) throw error;
  throw new Unavailable({ detail: 'The database does not answer. Send the request again in a moment.', retryAfter: 2 });
}
