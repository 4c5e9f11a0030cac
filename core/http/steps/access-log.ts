import type { Log } from '@task-connect/sdk';
import type { Metrics } from '../../observability/metrics.ts';
import type { Exchange } from '../exchange.ts';

/** Tells log and metrics of an answered request: a route by its template, and no query, which may hold names. */
export function accessLog(log: Log, metrics: Pick<Metrics, 'requestDone'>): (exchange: Exchange) => void {
  return (exchange) => {
    const { method, status, route, actor } = exchange;
    const ms = performance.now() - exchange.begun;
    const plugin = route?.pluginId ?? 'platform';
    const template = route?.template ?? (status === 404 ? 'none' : areaOf(exchange.path));
    metrics.requestDone({ plugin, method, route: template, status, seconds: ms / 1000 });
    log.info(
      {
        requestId: exchange.requestId,
        traceId: exchange.traceId,
        method,
        path: exchange.path,
        plugin,
        route: template,
        status,
        ms: Math.round(ms * 10) / 10,
        person: actor.kind === 'person' ? actor.person : undefined,
        address: exchange.address,
      },
      'request',
    );
  };
}

/** Pages have no template; their first word is one of few. */
const areas = new Set(['api', 'oidc', 'auth', 'health', 'metrics', 'assets', 'plugins']);
function areaOf(path: string): string {
  const first = path.split('/', 2)[1] ?? '';
  return areas.has(first) ? `/${first}` : 'console';
}
