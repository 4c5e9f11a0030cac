import type { PartState } from './health.ts';

// What is kept of how the platform was, for a stretch of time. Two processes in the same minute are put together, minutes
// one after the other are put in a row; both ways what was counted is summed, and of what was measured the worst is kept.

export type Sample = {
  /** How much of the stretch was seen; 0 for a first look, from which nothing was counted yet. */
  seconds: number;
  requests: number;
  /** Answers with a status from 500 on. */
  errors: number;
  /** Requests by how long they took, for each of `requestBounds` and above; zeros at the end are left out. */
  requestTimes: number[];
  /** Events by how long after their change they were handled, for each of `eventBounds` and above. */
  eventTimes: number[];
  memoryBytes: number;
  /** Connections to databases in use, and callers that wait for one. */
  connections: number;
  connectionsWaiting: number;
  /** Of each plugin: events that wait, the age of the oldest in seconds, dead letters. */
  queues: Record<string, [waiting: number, oldest: number, dead: number]>;
  parts: Record<string, [state: PartState, latencyMs: number | null]>;
};

/** What several processes saw of the same minute: beside one another, or one in the place of another after a restart. */
export const together = (samples: readonly Sample[]): Sample =>
  merged(samples, (a, b) => Math.max(a, b, Math.min(60, a + b)));

/** What was seen in stretches one after the other. */
export const inARow = (samples: readonly Sample[]): Sample => merged(samples, (a, b) => a + b);

function merged(samples: readonly Sample[], seconds: (a: number, b: number) => number): Sample {
  const [first, ...rest] = samples;
  if (!first) throw new Error('There is nothing to merge.');
  return rest.reduce(
    (sum, next) => ({
      seconds: seconds(sum.seconds, next.seconds),
      requests: sum.requests + next.requests,
      errors: sum.errors + next.errors,
      requestTimes: added(sum.requestTimes, next.requestTimes),
      eventTimes: added(sum.eventTimes, next.eventTimes),
      memoryBytes: Math.max(sum.memoryBytes, next.memoryBytes),
      connections: Math.max(sum.connections, next.connections),
      connectionsWaiting: Math.max(sum.connectionsWaiting, next.connectionsWaiting),
      queues: joined(sum.queues, next.queues, ([a, b, c], [x, y, z]) => [
        Math.max(a, x),
        Math.max(b, y),
        Math.max(c, z),
      ]),
      parts: joined(sum.parts, next.parts, worsePart),
    }),
    first,
  );
}

const added = (a: readonly number[], b: readonly number[]): number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => (a[at] ?? 0) + (b[at] ?? 0));

function joined<Value>(a: Record<string, Value>, b: Record<string, Value>, worse: (a: Value, b: Value) => Value) {
  const all = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const known = Object.hasOwn(all, name) ? all[name] : undefined;
    all[name] = known === undefined ? value : worse(known, value);
  }
  return all;
}

const order: readonly PartState[] = ['ok', 'degraded', 'failed'];

function worsePart([a, slow]: Sample['parts'][string], [b, slower]: Sample['parts'][string]): Sample['parts'][string] {
  const latency = slow === null ? slower : slower === null ? slow : Math.max(slow, slower);
  return [order[Math.max(order.indexOf(a), order.indexOf(b))]!, latency];
}
