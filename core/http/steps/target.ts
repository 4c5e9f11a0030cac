import { declareProblem } from '@task-connect/sdk';
import type { Exchange } from '../exchange.ts';

const BadHost = declareProblem({
  type: 'bad-host',
  status: 400,
  title: 'There is not one Host header',
  detail: () => 'Send the Host header once, as HTTP/1.1 asks (RFC 9110 §7.2).',
});

const BadTarget = declareProblem({
  type: 'bad-target',
  status: 400,
  title: 'The address cannot be read',
  detail: () => 'Send a path that begins with one slash, percent-encoded as UTF-8.',
});

/** Refuses what is no path. HTTP allows a whole address in its place, for proxies; of that the path is taken. */
export function target(exchange: Exchange): void {
  const hosts = countOfHosts(exchange.req.rawHeaders);
  if (hosts > 1 || (hosts === 0 && exchange.req.httpVersionMinor !== 0)) throw new BadHost({});
  // Two slashes at the head would be read as another host’s name wherever the path is sent back.
  if (exchange.path.charCodeAt(0) === 47 && exchange.path.charCodeAt(1) !== 47) return;
  if (exchange.path === '*' && exchange.method === 'OPTIONS') return;
  const whole = /^https?:\/\//i.test(exchange.path) ? URL.parse(exchange.path) : null;
  if (!whole || whole.pathname.startsWith('//')) throw new BadTarget({});
  exchange.path = whole.pathname;
}

/** Node shows the first alone; a proxy before us may have gone by another. */
function countOfHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 4 && name.toLowerCase() === 'host') count++;
  }
  return count;
}
