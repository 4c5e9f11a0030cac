import { InvalidInput, type Log, Problem, Unavailable } from '@task-connect/sdk';
import { isConnectionLost } from '../../database/database.ts';
import type { Exchange } from '../exchange.ts';
import { apiPolicy } from './security-headers.ts';

// The one place where what was thrown becomes an answer (RFC 9457). A problem is what the caller can mend; of anything
// else the caller hears an id and the log the rest.

const standard = new Set(['type', 'title', 'status', 'detail', 'instance']);

export function problemDetails(log: Log): (exchange: Exchange, error: unknown) => void {
  return (exchange, error) => {
    const problem = error instanceof Problem ? error : translated(error);
    if (!problem || problem !== error) {
      const { requestId, traceId, route } = exchange;
      const fields = { requestId, traceId, plugin: route?.pluginId, route: route?.template, err: error };
      log.error(fields, 'A request met a fault');
    }
    exchange.status = problem?.status ?? 500;
    exchange.payload = JSON.stringify(problem ? documentOf(problem, exchange) : faultOf(exchange));
    exchange.answer.push('Content-Type', 'application/problem+json', 'Cache-Control', 'no-store');
    if (!exchange.answer.includes('Content-Security-Policy'))
      exchange.answer.push('Content-Security-Policy', apiPolicy);
    for (const name in problem?.headers) exchange.answer.push(name, problem.headers[name]!);
  };
}

function documentOf({ type, title, status, message, fields }: Problem, exchange: Exchange): object {
  const document: Record<string, unknown> = { type, title, status, detail: message, instance: exchange.requestId };
  for (const name in fields) if (!standard.has(name)) document[name] = fields[name];
  return document;
}

const faultOf = ({ requestId }: Exchange): object => ({
  type: 'internal-fault',
  title: 'A fault of the platform',
  status: 500,
  detail: `This request met a fault inside the platform. Send it again later; if it stays, give the operator the id ${requestId}.`,
  instance: requestId,
});

/** Errors of the database that the caller can mend, in case that no schema and no handler saw them coming. */
function translated(error: unknown): Problem | undefined {
  if (isConnectionLost(error)) {
    return new Unavailable({
      detail:
        'The database cannot be reached now. Send it again in a moment; what must not happen twice with the Idempotency-Key that it had.',
      retryAfter: 2,
    });
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
  if (code.startsWith('22')) {
    const detail = 'A value in it cannot be stored: a number out of range, a date that is none, or a text with NUL.';
    return new InvalidInput({ errors: [{ pointer: '', detail }] });
  }
  if (code === '40001' || code === '40P01') {
    return new Unavailable({ detail: 'Others changed the same thing at this moment. Send it again.', retryAfter: 1 });
  }
  return undefined;
}
