import type { Middleware } from 'koa';
import type { Exchange, Step } from './exchange.ts';

// Login and provider are Koa’s own: they get the request as a proxy would have passed it on, whatever a client wrote
// into the forwarding headers, so that issuer, redirects and cookies always have the public address.

const ofIdentity = /^\/(oidc|auth|\.well-known)(\/|$)/;

export function identityPages(middleware: Middleware, publicUrl: string, visits: Step): Step {
  const { host, protocol } = new URL(publicUrl);
  return async (exchange) => {
    if (!ofIdentity.test(exchange.path)) return;
    await visits(exchange);
    const { koa, req, answer } = exchange;
    req.headers['x-forwarded-for'] = exchange.address;
    req.headers['x-forwarded-host'] = host;
    req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    koa.state.requestId = exchange.requestId;
    koa.state.address = exchange.address;
    for (let i = 0; i < answer.length; i += 2) koa.set(answer[i]!, answer[i + 1]!);
    let passedOn = false;
    await middleware(koa, async () => {
      passedOn = true;
    });
    if (passedOn) return;
    handOver(exchange);
  };
}

/** Koa writes the response when all is done. */
function handOver(exchange: Exchange): void {
  exchange.koa.respond = true;
  exchange.status = exchange.koa.status;
  exchange.answered = true;
  exchange.sent = true;
}
