import type { Clock, Log } from '@task-connect/sdk';
import type { Metrics } from '../../observability/metrics.ts';
import type { Exchange } from '../exchange.ts';

/** Where finished lines of the log go. */
export type Lines = { write(line: string): void };

/**
 * Tells log and metrics of an answered request: a route by its template, and no query, which may hold names.
 * The line is what pino would write, written past it: every request pays for this one, and here no field needs to be
 * searched for secrets.
 */
export function accessLog(needs: {
  log: Log;
  lines: Lines | undefined;
  /** Whether requests are logged at all, which may change; they are when not given. */
  logsRequests?: () => boolean;
  clock: Clock;
  metrics: Pick<Metrics, 'requestDone'>;
}): (exchange: Exchange) => void {
  const { log, lines, metrics } = needs;
  const time = timeOfDay(needs.clock);
  return (exchange) => {
    const { method, status, route, actor } = exchange;
    const now = performance.now();
    const ms = now - exchange.begun;
    const plugin = route === undefined ? 'platform' : route.pluginId;
    const template = route === undefined ? areaOf(exchange) : route.template;
    metrics.requestDone({ plugin, method, route: template, status, seconds: ms / 1000 });
    if (needs.logsRequests?.() === false) return;
    const entry = {
      level: 'info',
      time: lines && time(now),
      requestId: exchange.requestId,
      traceId: exchange.traceId,
      method,
      route: template,
      // The parameters of a public route may be a signed address, which opens what it names.
      path: route?.address === undefined ? exchange.path : undefined,
      plugin,
      status,
      ms: Math.round(ms * 10) / 10,
      person: actor.kind === 'person' ? actor.person : undefined,
      address: exchange.address,
      msg: 'request',
    };
    if (lines) return lines.write(`${JSON.stringify(entry)}\n`);
    const { level: _level, time: _time, msg, ...fields } = entry;
    log.info(fields, msg);
  };
}

/**
 * The time as RFC 3339 has it. Writing it costs more than the rest of the line, so the clock is asked once a second and
 * the milliseconds are counted on from there.
 */
function timeOfDay(clock: Clock): (now: number) => string {
  let begun = Number.NEGATIVE_INFINITY;
  let second = '';
  return (now) => {
    if (now - begun >= 1000) {
      const instant = clock.now();
      begun = now - (instant.epochMilliseconds % 1000);
      second = instant.toString().slice(0, 19);
    }
    return `${second}.${String(Math.floor(now - begun)).padStart(3, '0')}Z`;
  };
}

/** Pages have no template; their first word is one of few. */
const areas = new Set(['api', 'oidc', 'auth', 'health', 'metrics', 'assets', 'plugins']);
function areaOf({ path, status }: Exchange): string {
  if (status === 404 || status === 405) return 'none';
  const first = path.split('/', 2)[1] ?? '';
  return areas.has(first) ? `/${first}` : 'console';
}
