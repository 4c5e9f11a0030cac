// Errors that say nothing about the work: the server is away, restarts, or has no place just now.

/** All connections of this process are in use, and stayed so for a while. */
export class NoConnection extends Error {
  override name = 'NoConnection';
}

const ofSystem = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // The name of a container that is being started again.
  'ENOTFOUND',
  'EAI_AGAIN',
]);

// Classes and codes of PostgreSQL's manual, appendix A: the connection, the server's end, its end of an idle
// transaction, and no place for one more connection.
const ofServer = /^(08|57P0|25P03|53300)/;

const inWords =
  /Connection terminated|not queryable|connection error|not currently accepting connections|timeout expired|timeout exceeded when trying to connect|Client was closed/i;

/** Whether an error of pg means that the connection is gone or was not to be had, not that the statement was wrong. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: string }).code ?? '';
  return error instanceof NoConnection || ofServer.test(code) || ofSystem.has(code) || inWords.test(error.message);
}
