import type { Exchange, Step } from '../exchange.ts';

// Lets pages of listed origins call the API, with a token: a cookie is never sent along, because nothing here says
// that credentials are allowed. Without a listed origin the browser itself keeps other pages out.

const exposed = 'ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotency-Replayed, Location';
const preflight = [
  'Access-Control-Allow-Methods',
  'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers',
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, TC-Organization, traceparent',
  'Access-Control-Max-Age',
  '600',
];

export function cors(origins: readonly string[]): Step {
  const listed = new Set(origins);
  return (exchange) => {
    const { origin } = exchange.headers;
    // Said to all, or a cache gives one origin’s answer to another.
    exchange.answer.push('Vary', 'Origin');
    if (origin === undefined) return;
    const asks = exchange.method === 'OPTIONS' && 'access-control-request-method' in exchange.headers;
    if (listed.has(origin)) allow(exchange, origin, asks);
    if (asks) {
      exchange.status = 204;
      exchange.answered = true;
    }
  };
}

function allow({ answer }: Exchange, origin: string, asks: boolean): void {
  answer.push('Access-Control-Allow-Origin', origin);
  if (asks) answer.push(...preflight);
  else answer.push('Access-Control-Expose-Headers', exposed);
}
