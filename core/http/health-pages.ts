import { Forbidden } from '@task-connect/sdk';
import type { Authenticate } from '../identity/identity.ts';
import type { Health } from '../observability/health.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Exchange, Step } from './exchange.ts';

// What machines ask about this process. Health is open to all: it says which parts are well, and no more. Metrics tell
// how much is done here, so they are for the machine itself and for administrators’ tokens. A proxy on the same machine
// looks like the machine itself when it adds no X-Forwarded-For: it has to keep /metrics to itself.

export function healthPages(health: Health): Step {
  return async (exchange) => {
    switch (exchange.path) {
      case '/health': {
        const report = await health.report();
        return answer(exchange, report.status === 'failed' ? 503 : 200, report);
      }
      case '/health/live':
        return answer(exchange, health.live() ? 200 : 503, { status: health.live() ? 'ok' : 'failed' });
      case '/health/ready': {
        const { ready, reason } = await health.ready();
        return answer(exchange, ready ? 200 : 503, { status: ready ? 'ok' : 'failed', reason });
      }
    }
  };
}

function answer(exchange: Exchange, status: number, body: object): void {
  exchange.status = status;
  exchange.payload = JSON.stringify(body);
  exchange.answer.push('Content-Type', 'application/json', 'Cache-Control', 'no-store');
  exchange.answered = true;
}

const loopback = /^(127\.|::1$)/;

export function metricsPage(metrics: Pick<Metrics, 'render'>, identity: Authenticate): Step {
  return async (exchange) => {
    if (exchange.path !== '/metrics') return;
    if (!fromHere(exchange)) {
      const { actor } = await identity.authenticate(exchange);
      if (!actor.platformRoles.includes('administrator')) throw new Forbidden({ permission: 'administrator' });
    }
    const { contentType, body } = await metrics.render();
    exchange.payload = body;
    exchange.answer.push('Content-Type', contentType, 'Cache-Control', 'no-store');
    exchange.answered = true;
  };
}

const fromHere = ({ address, throughProxy, headers }: Exchange): boolean =>
  loopback.test(address) &&
  !throughProxy &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined &&
  headers.via === undefined;
