import type { Clock, Log, Route } from '@task-connect/sdk';
import type { Health } from '../../observability/health.ts';
import type { PoolState, QueueState } from '../../observability/metrics.ts';
import type { Adapter } from '../about/adapters.ts';
import { platform } from '../contract.ts';
import { HealthHistory, HealthNow, HistoryQuery } from './health-view.ts';
import type { History } from './history.ts';
import type { Prometheus } from './prometheus.ts';
import { partsOf, ranges, seriesOf, slotsOf } from './series.ts';

export type HealthNeeds = {
  clock: Clock;
  log: Log;
  health: Health;
  history: History;
  adapters: readonly Adapter[];
  /** Where charts are read from instead, when one is set. */
  prometheus: Prometheus | undefined;
  queuesNow(): Promise<readonly QueueState[]>;
  poolsNow(): readonly PoolState[];
};

export function healthRoutes(given: () => HealthNeeds): Route[] {
  return [
    platform.route({
      method: 'GET',
      path: '/platform/health',
      summary: 'How every part is now and was for 24 hours, with queues and connections',
      description:
        'For people. Programs ask /health, which needs no login and answers 503 when the platform has failed.',
      permission: 'platform:manage',
      returns: HealthNow,
      async handle() {
        const { clock, health, history, adapters, queuesNow, poolsNow } = given();
        const now = clock.now();
        const [report, kept, queues] = await Promise.all([
          health.report(),
          history.since(now.subtract({ hours: 24 }), 'ten-minutes'),
          queuesNow().catch(() => []),
        ]);
        const past = partsOf(kept, now);
        return {
          ...report,
          partsFrom: past('').from,
          parts: report.parts.map((part) => {
            const { states, latencies } = past(part.name);
            const port = portOfPart[part.name];
            const adapter = adapters.find((one) => one.port === port)?.adapter ?? null;
            return { ...part, adapter, states, latencies };
          }),
          queues: queues.map((queue) => ({
            ...queue,
            oldestSeconds: queue.waiting > 0 ? Math.round(queue.oldestSeconds) : null,
          })),
          pools: [...poolsNow()],
        };
      },
    }),
    platform.route({
      method: 'GET',
      path: '/platform/health/history',
      summary: 'Requests, errors, answer times, memory, connections and queues over time',
      permission: 'platform:manage',
      query: HistoryQuery,
      returns: HealthHistory,
      async handle({ query: { range } }) {
        const { clock, history, prometheus, log } = given();
        const now = clock.now();
        const about = { from: slotsOf(range, now)[0]!.toString(), stepSeconds: ranges[range].step };
        let note: string | null = null;
        try {
          if (prometheus) {
            const series = await prometheus.series(range, now);
            return { source: 'prometheus' as const, note, ...about, series };
          }
        } catch (error) {
          log.warn({ err: error }, 'The charts of health are drawn without Prometheus');
          note = `${(error as Error).message} These are the platform’s own numbers.`;
        }
        const kept = await history.since(Temporal.Instant.from(about.from), ranges[range].grain);
        return { source: 'platform' as const, note, ...about, series: seriesOf(kept, range, now) };
      },
    }),
  ];
}

const portOfPart: Record<string, Adapter['port']> = {
  database: 'Database',
  bus: 'Events',
  secrets: 'Secrets',
  'sign-in': 'Sign-in',
  mail: 'Mail',
  redis: 'Cache and limits',
};
