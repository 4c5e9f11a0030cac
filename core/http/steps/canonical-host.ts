import type { Exchange, Step } from '../exchange.ts';
import { redirect } from './redirect.ts';

// One address for all: cookies, the issuer of tokens and links in mail hang on TC_PUBLIC_URL, so a browser that came by
// another name is sent there. Programs are not, because a redirect takes their Authorization header away:
// - health and metrics: load balancers ask by address;
// - the API, by a loopback name (`curl 127.0.0.1:8080`) or with an Authorization header;
// - what comes through a listed proxy that does not tell the host which it was asked for: a redirect would go round.

/** A Host header that names the machine itself. */
export const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;
const askedByAddress = /^\/(health(\/|$)|metrics$)/;

export function canonicalHost(publicUrl: string, base: string): Step {
  const url = new URL(publicUrl);
  const standardPort = url.protocol === 'https:' ? /:443$/ : /:80$/;
  return (exchange) => {
    const { headers, method, path, search } = exchange;
    if (headers.host === url.host && headers['x-forwarded-host'] === undefined) return;
    if (method !== 'GET' && method !== 'HEAD') return;
    const asked = askedHost(exchange)?.toLowerCase().replace(standardPort, '');
    if (asked === undefined || asked === url.host || askedByAddress.test(path)) return;
    if (path.startsWith('/api/') && (headers.authorization !== undefined || loopbackHost.test(asked))) return;
    redirect(exchange, `${url.origin}${base}${path}${search && `?${search}`}`);
  };
}

/** The host that the client typed, as far as it can be known. */
function askedHost({ headers, throughProxy }: Exchange): string | undefined {
  if (!throughProxy) return headers.host;
  const forwarded = headers['x-forwarded-host'];
  return typeof forwarded === 'string' ? forwarded.split(',')[0]!.trim() : undefined;
}
