import { randomFillSync, randomUUID } from 'node:crypto';
import { childTrace, parseTraceparent, traceparentOf } from '../../observability/trace.ts';
import type { Exchange } from '../exchange.ts';

// The names under which a request is found again: its id, and the trace that it belongs to (W3C Trace Context).

/** An id that a listed proxy gave is kept, so that its log and ours tell of the same request. */
const wellFormed = /^[\w.-]{8,64}$/;

export function requestId(exchange: Exchange): void {
  const given = exchange.throughProxy ? exchange.headers['x-request-id'] : undefined;
  exchange.requestId = typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
  const { traceparent } = exchange.headers;
  const parent = typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
  if (parent) {
    const trace = childTrace(parent, random);
    exchange.traceId = trace.traceId;
    exchange.traceparent = traceparentOf(trace);
  } else {
    exchange.traceId = random(16).toString('hex');
    exchange.traceparent = `00-${exchange.traceId}-${random(8).toString('hex')}-01`;
  }
  exchange.answer.push('X-Request-Id', exchange.requestId);
}

// Drawn in advance: asking the system for eight bytes at a time costs ten times as much.
const drawn = Buffer.alloc(4096);
let used = drawn.length;
function random(bytes: number): Buffer {
  if (used + bytes > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += bytes;
  return drawn.subarray(used - bytes, used);
}
