import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Log } from '@task-connect/sdk';
import Koa, { type Context, type Middleware } from 'koa';
import type { Authenticate } from '../identity/identity.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Health } from '../observability/health.ts';
import type { Metrics } from '../observability/metrics.ts';
import { refuseConnection } from './client-error.ts';
import { drainServer } from './drain.ts';
import { type Exchange, makeExchange, type Step } from './exchange.ts';
import { internalServices, isInternal, type Services } from './internal-services.ts';
import { type Every, type Live, makeLive } from './live.ts';
import { memoryRateLimiter } from './memory-rate-limiter.ts';
import { makePages } from './pages.ts';
import { type EdgeSettings, makePipeline } from './pipeline.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { makeReference } from './reference.ts';
import { makeRouteTable, type RouteTable } from './route-table.ts';
import { send } from './send.ts';
import { accessLog, type Lines } from './steps/access-log.ts';
import { ClientGone } from './steps/body.ts';
import { problemDetails } from './steps/problem-details.ts';
import { requestId } from './steps/request-id.ts';

// The edge: what is said over HTTP. Promises: every answer that is no success is a problem document, a request that has
// entered a plugin leaves it exactly once, and stopping cuts nobody off. Leaves the work to the kernel and the question
// who asks to identity. Read pipeline.ts for the way of a request.

export type Edge = {
  readonly app: Koa;
  listen(port: number, host: string): Promise<{ port: number }>;
  /** Lets what is under way end, within 30 seconds. */
  drain(): Promise<void>;
};

export type EdgeNeeds = {
  settings: EdgeSettings;
  registry: () => Registry;
  identity: Authenticate & { middleware: Middleware };
  health: Health;
  metrics: Pick<Metrics, 'requestDone' | 'render'>;
  log: Log;
  /** Where the line of each request goes, see steps/access-log.ts; through `log` when not given. */
  accessLines?: Lines;
  /** Whether they are wanted at all; they are when not given. */
  logsRequests?: () => boolean;
  clock: Clock;
  live: Live;
  /** The folder of the built console. */
  console: { folder: string };
  /** The path of the public address, without a slash at its end: `/tc`, or nothing. */
  basePath: string;
  version: string;
  /** Counts in this process when not given. */
  limiter?: RateLimiter;
  /** Answers calls of other processes; none are taken when not given. */
  services?: Services;
  /** Timers; those of node when not given. */
  every?: Every;
};

const drainLimitMs = 30_000;

export function makeEdge(needs: EdgeNeeds): Edge {
  const { log, identity, settings } = needs;
  const base = needs.basePath.replace(/\/$/, '');
  const stopping = new AbortController();

  const live = makeLive({ live: needs.live, identity, every: needs.every ?? everyUnreferenced });
  const reference = makeReference({ plugins: () => table().plugins, version: needs.version, base });
  const ownRoutes = [live.route, ...reference.routes];
  let known: RouteTable | undefined;
  function table(): RouteTable {
    const registry = needs.registry();
    if (known === undefined || known.generation !== registry.generation) known = makeRouteTable(registry, ownRoutes);
    return known;
  }

  const limiter = needs.limiter ?? memoryRateLimiter({ now: () => performance.now() });
  const { arrival, api, visits } = makePipeline({
    settings,
    base,
    identity,
    table,
    limiter,
    stopping: stopping.signal,
  });
  const pages = makePages({ ...needs, base, visits });
  // No base path and no canonical host: these addresses are the processes' own.
  const internal = needs.services ? [requestId, internalServices(needs.services)] : undefined;
  const answerProblem = problemDetails(log);
  const tell = accessLog({ ...needs, lines: needs.accessLines });

  async function meet(koa: Context): Promise<void> {
    // We write to node’s response ourselves: Koa’s setters cost more than the rest of a step.
    koa.respond = false;
    const exchange = makeExchange(koa);
    try {
      const ofProcesses = internal !== undefined && isInternal(exchange.path);
      if (!ofProcesses) through(arrival, exchange);
      const steps = ofProcesses ? internal : exchange.path.startsWith('/api/') ? api : pages;
      for (let i = 0; i < steps.length && !exchange.answered; i++) {
        const waiting = steps[i]!(exchange);
        if (waiting !== undefined) await waiting;
      }
    } catch (error) {
      refuse(exchange, error);
    }
    try {
      if (!exchange.sent) sendAnswer(exchange);
    } finally {
      exchange.leave?.();
      tell(exchange);
    }
  }

  function sendAnswer(exchange: Exchange): void {
    if (stopping.signal.aborted) exchange.answer.push('Connection', 'close');
    try {
      send(exchange);
    } catch (error) {
      // A header that HTTP cannot carry. Nothing is sent yet, so it is a fault like any other.
      exchange.answer.length = 0;
      refuse(exchange, error);
      if (!exchange.sent) send(exchange);
    }
  }

  function refuse(exchange: Exchange, error: unknown): void {
    if (error instanceof ClientGone) {
      exchange.status = 499;
      exchange.sent = true;
    } else if (exchange.res.headersSent) {
      const { requestId, traceId } = exchange;
      log.warn({ requestId, traceId, err: error }, 'An answer was cut off');
      exchange.sent = true;
    } else {
      answerProblem(exchange, error);
    }
  }

  const app = new Koa({ proxy: true });
  app.on('error', (error) => log.debug({ err: error }, 'A connection ended early'));
  app.use(meet);

  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 20_000,
      requestTimeout: 60_000,
      // Longer than proxies keep theirs, or they would send into a connection that we just closed.
      keepAliveTimeout: 75_000,
      // Refused in steps/target.ts, with a problem document.
      requireHostHeader: false,
    },
    app.callback(),
  );
  server.on('clientError', refuseConnection);

  return {
    app,
    async listen(port, host) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return { port: (server.address() as AddressInfo).port };
    },
    async drain() {
      needs.health.drain();
      stopping.abort();
      live.endAll();
      await drainServer(server, drainLimitMs);
    },
  };
}

/** Steps that never wait. */
function through(steps: readonly Step[], exchange: Exchange): void {
  for (let i = 0; i < steps.length && !exchange.answered; i++) void steps[i]!(exchange);
}

const everyUnreferenced: Every = (ms, tick) => {
  const timer = setInterval(tick, ms).unref();
  return () => clearInterval(timer);
};
