import { randomBytes } from 'node:crypto';

// W3C Trace Context: the id under which one piece of work is found in all logs, across HTTP and the bus.
// We keep and pass on `traceparent` and nothing else; `tracestate` belongs to vendors and may be dropped (§3.3).

export type Trace = {
  /** 32 hex digits, the same from the first caller to the last handler. */
  traceId: string;
  /** 16 hex digits: this step. */
  spanId: string;
  /** The step that caused this one; undefined at the start. */
  parentId: string | undefined;
  sampled: boolean;
};

type Random = (bytes: number) => Buffer;

// A call of the system's generator costs more than the rest of a trace, so it fills a pool for many.
let pool = Buffer.alloc(0);
function pooledBytes(bytes: number): Buffer {
  if (pool.length < bytes) pool = randomBytes(4096);
  const drawn = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return drawn;
}

// A version above 00 may carry more fields after the flags; version ff is forbidden.
const pattern = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** What a caller sent, or undefined when that is not a valid traceparent. */
export function parseTraceparent(header: string | undefined): Omit<Trace, 'parentId'> | undefined {
  const [, version, traceId, spanId, flags, more] = pattern.exec(header ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || (version === '00' && more !== undefined)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags ?? '0', 16) & 1) === 1 };
}

/** A trace that nobody began before. */
export const newTrace = (random: Random = pooledBytes): Trace => ({
  traceId: hexOf(random, 16),
  spanId: hexOf(random, 8),
  parentId: undefined,
  sampled: true,
});

/** The next step of the same trace. */
export const childTrace = (parent: Omit<Trace, 'parentId'>, random: Random = pooledBytes): Trace => ({
  traceId: parent.traceId,
  spanId: hexOf(random, 8),
  parentId: parent.spanId,
  sampled: parent.sampled,
});

/** Goes on with the caller's trace; begins one when the header is missing or not valid. */
export function continueTrace(header: string | undefined, random: Random = pooledBytes): Trace {
  const parent = parseTraceparent(header);
  return parent ? childTrace(parent, random) : newTrace(random);
}

/** The header to send on. */
export const traceparentOf = (trace: Omit<Trace, 'parentId'>): string =>
  `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`;

// All zeros mean "none" in the standard, so they are drawn again.
function hexOf(random: Random, bytes: number): string {
  const hex = random(bytes).toString('hex');
  return /[^0]/.test(hex) ? hex : hexOf(random, bytes);
}
