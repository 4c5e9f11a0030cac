import { randomUUID } from 'node:crypto';
import { continueTrace, traceparentOf } from '../../observability/trace.ts';
import type { Exchange } from '../exchange.ts';

// The names under which a request is found again: its id, and the trace that it belongs to (W3C Trace Context).

/** An id that a listed proxy gave is kept, so that its log and ours tell of the same request. */
const wellFormed = /^[\w.-]{8,64}$/;

export function requestId(exchange: Exchange): void {
  const { headers } = exchange;
  const given = exchange.throughProxy ? headers['x-request-id'] : undefined;
  exchange.requestId = typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
  const trace = continueTrace(typeof headers.traceparent === 'string' ? headers.traceparent : undefined);
  exchange.traceId = trace.traceId;
  exchange.traceparent = traceparentOf(trace);
  exchange.answer.push('X-Request-Id', exchange.requestId);
}
