import { Forbidden } from '@task-connect/sdk';
import type { Authenticate } from '../identity/identity.ts';
import type { Health, HealthReport } from '../observability/health.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Exchange, Step } from './exchange.ts';
import { SignInNeeded } from './steps/authorise.ts';
import { loopbackHost } from './steps/canonical-host.ts';

// What machines ask about this process. Whether its parts are well is told to all; why one is not names addresses and
// folders, and metrics tell how much is done here, so these are for the machine itself and for who manages the platform.
// A proxy on the same machine looks like the machine itself when it neither adds X-Forwarded-For nor keeps the Host
// that it was asked for: it has to keep /metrics to itself.

export function healthPages(health: Health, identity: Authenticate): Step {
  async function mayKnowWhy(exchange: Exchange): Promise<boolean> {
    // Asking who it is needs a database, which may be just what is away.
    return fromHere(exchange) || (await managesPlatform(exchange, identity).catch(() => false));
  }

  return async (exchange) => {
    switch (exchange.path) {
      case '/health': {
        const report = await health.report();
        const told = (await mayKnowWhy(exchange)) ? report : withoutReasons(report);
        return answer(exchange, report.status === 'failed' ? 503 : 200, told);
      }
      case '/health/live':
        return answer(exchange, health.live() ? 200 : 503, { status: health.live() ? 'ok' : 'failed' });
      case '/health/ready': {
        const { ready, reason } = await health.ready();
        const told = ready || (await mayKnowWhy(exchange)) ? reason : null;
        return answer(exchange, ready ? 200 : 503, { status: ready ? 'ok' : 'failed', reason: told });
      }
    }
  };
}

const withoutReasons = (report: HealthReport): HealthReport => ({
  ...report,
  parts: report.parts.map((part) => ({ ...part, detail: null })),
});

function answer(exchange: Exchange, status: number, body: object): void {
  exchange.status = status;
  exchange.payload = JSON.stringify(body);
  exchange.answer.push('Content-Type', 'application/json', 'Cache-Control', 'no-store');
  exchange.answered = true;
}

export function metricsPage(metrics: Pick<Metrics, 'render'>, identity: Authenticate): Step {
  return async (exchange) => {
    if (exchange.path !== '/metrics') return;
    if (!fromHere(exchange) && !(await managesPlatform(exchange, identity))) throw new Forbidden({ permission });
    const { contentType, body } = await metrics.render();
    exchange.payload = body;
    exchange.answer.push('Content-Type', contentType, 'Cache-Control', 'no-store');
    exchange.answered = true;
  };
}

/** Of core’s own administration: a token has to name it, or be as wide as its person. */
const permission = 'platform:manage';

async function managesPlatform(exchange: Exchange, identity: Authenticate): Promise<boolean> {
  const { actor } = await identity.authenticate(exchange);
  if (actor.kind === 'anonymous') throw new SignInNeeded({});
  return actor.may(permission);
}

const loopback = /^(127\.|::1$)/;

/** The Host is looked at, too: a page of the web can have its own name lead to this machine. */
const fromHere = ({ address, throughProxy, headers }: Exchange): boolean =>
  loopback.test(address) &&
  !throughProxy &&
  loopbackHost.test(headers.host ?? 'localhost') &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined &&
  headers.via === undefined;
