import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

// What Prometheus reads at /metrics. Callers name what happened; that prom-client counts it is known here alone.
// Labels are few and bounded: a route is its template, never the address that was asked for.

export type PoolState = { database: string; busy: number; idle: number; waiting: number };
export type QueueState = { plugin: string; queue: string; waiting: number; dead: number; oldestSeconds: number };

/** What was counted since the process began. Times are by bucket, each alone, for the bounds below and above the last. */
export type Counted = { requests: number; errors: number; requestTimes: number[]; eventTimes: number[] };

/** In seconds. Rows of the history hold counts for these: who changes them makes a week of it unreadable. */
export const requestBounds = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
export const eventBounds = [0.002, 0.004, 0.006, 0.008, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.5, 1, 5, 30, 300];

/** A stream that a tab holds open for hours would be the slowest of all requests. */
export const endlessRoute = '/api/live';

export type Metrics = {
  requestDone(request: { plugin: string; method: string; route: string; status: number; seconds: number }): void;
  eventPublished(plugin: string, type: string): void;
  /** `seconds` is from the commit of the change to the commit of the handler. */
  eventHandled(plugin: string, queue: string, seconds: number): void;
  eventFailed(plugin: string, queue: string): void;
  eventDead(plugin: string, queue: string): void;
  jobDone(job: { plugin: string; job: string; outcome: 'done' | 'failed' | 'skipped'; seconds: number }): void;
  /** Asked at each reading; dispose to stop being asked. */
  watchPools(read: () => readonly PoolState[]): Disposable;
  watchQueues(read: () => Promise<readonly QueueState[]>): Disposable;
  counted(): Promise<Counted>;
  render(): Promise<{ contentType: string; body: string }>;
};

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const requestLabels = ['plugin', 'method', 'route', 'status'] as const;

export function makeMetrics(options: { process: 'with-process' | 'without-process' }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process === 'with-process') collectDefaultMetrics({ register: registry });

  const requestSeconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: requestLabels,
    buckets: requestBounds,
    registers,
  });
  new Counter({
    name: 'http_requests_total',
    help: 'Requests that were answered',
    labelNames: requestLabels,
    registers,
    // The histogram has counted them already; counting twice would be paid for by every request.
    async collect() {
      this.reset();
      for (const { metricName, labels, value } of (await requestSeconds.get()).values) {
        if (metricName === 'http_request_duration_seconds_count') this.inc(labels as Record<string, string>, value);
      }
    },
  });

  const counter = <const Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const published = counter('events_published_total', 'Events that were published', ['plugin', 'type']);
  const handled = counter('events_handled_total', 'Events that were handled', ['plugin', 'queue']);
  const failed = counter('events_failed_total', 'Attempts to handle an event that failed', ['plugin', 'queue']);
  const dead = counter('events_dead_total', 'Events that went to the dead letters', ['plugin', 'queue']);
  const jobs = counter('jobs_total', 'Runs of jobs', ['plugin', 'job', 'outcome']);
  const eventSeconds = new Histogram({
    name: 'event_delay_seconds',
    help: 'Time from the commit of a change to the commit of what handled its event',
    labelNames: ['plugin', 'queue'],
    buckets: eventBounds,
    registers,
  });
  const jobSeconds = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time that runs of jobs took',
    labelNames: ['plugin', 'job'],
    buckets: [0.01, 0.1, 0.5, 1, 5, 30, 120, 600],
    registers,
  });

  const pools = new Set<() => readonly PoolState[]>();
  const queues = new Set<() => Promise<readonly QueueState[]>>();
  new Gauge({
    name: 'pool_connections',
    help: 'Connections to a database, and requests that wait for one',
    labelNames: ['database', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { database, ...states } of [...pools].flatMap((read) => read())) {
        for (const [state, count] of Object.entries(states)) this.inc({ database, state }, count);
      }
    },
  });
  // One reading fills all three gauges: they are collected at the same time.
  let queueStates: Promise<readonly QueueState[]> | undefined;
  const readQueues = async () => (await Promise.all([...queues].map((read) => read()))).flat();
  for (const [name, help, key] of [
    ['queue_waiting', 'Events that wait in a queue', 'waiting'],
    ['queue_dead', 'Dead letters of a queue', 'dead'],
    ['queue_oldest_seconds', 'Age of the event that waits longest', 'oldestSeconds'],
  ] as const) {
    new Gauge({
      name,
      help,
      labelNames: ['plugin', 'queue'],
      registers,
      async collect() {
        queueStates ??= readQueues().finally(() => {
          queueStates = undefined;
        });
        // A database that is away must not take the other numbers with it: then these are missing.
        const states = await queueStates.catch(() => []);
        this.reset();
        for (const state of states) this.set({ plugin: state.plugin, queue: state.queue }, state[key]);
      },
    });
  }

  return {
    requestDone: ({ plugin, method, route, status, seconds }) =>
      requestSeconds.observe({ plugin, method: methods.has(method) ? method : 'OTHER', route, status }, seconds),
    eventPublished: (plugin, type) => published.inc({ plugin, type }),
    eventHandled(plugin, queue, seconds) {
      handled.inc({ plugin, queue });
      eventSeconds.observe({ plugin, queue }, seconds);
    },
    eventFailed: (plugin, queue) => failed.inc({ plugin, queue }),
    eventDead: (plugin, queue) => dead.inc({ plugin, queue }),
    jobDone({ plugin, job, outcome, seconds }) {
      jobs.inc({ plugin, job, outcome });
      jobSeconds.observe({ plugin, job }, seconds);
    },
    watchPools: (read) => watched(pools, read),
    watchQueues: (read) => watched(queues, read),
    async counted() {
      const [requests, events] = await Promise.all([requestSeconds.get(), eventSeconds.get()]);
      const answered = requests.values.filter(({ labels }) => labels.route !== endlessRoute);
      const counts = answered.filter(({ metricName }) => metricName === 'http_request_duration_seconds_count');
      return {
        requests: sumOf(counts),
        errors: sumOf(counts.filter(({ labels }) => Number(labels.status) >= 500)),
        requestTimes: timesOf(answered, requestBounds),
        eventTimes: timesOf(events.values, eventBounds),
      };
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

function watched<Read>(readers: Set<Read>, read: Read): Disposable {
  readers.add(read);
  return { [Symbol.dispose]: () => void readers.delete(read) };
}

type Measured = { labels: Partial<Record<string, string | number>>; value: number };

const sumOf = (values: readonly Measured[]): number => values.reduce((sum, { value }) => sum + value, 0);

/** A histogram’s buckets count all that is below their bound; these count what is between two. */
function timesOf(values: readonly Measured[], bounds: readonly number[]): number[] {
  const below = new Map<string, number>();
  for (const { labels, value } of values) {
    const bound = String(labels.le);
    if (labels.le !== undefined) below.set(bound, (below.get(bound) ?? 0) + value);
  }
  const counts = [...bounds.map(String), '+Inf'].map((bound) => below.get(bound) ?? 0);
  return counts.map((count, at) => count - (counts[at - 1] ?? 0));
}
