import { z } from '@task-connect/sdk';
import { lineNames, type Range, ranges } from './series.ts';

const State = z.enum(['ok', 'degraded', 'failed']);

export const HealthNow = z.object({
  status: State,
  version: z.string(),
  parts: z.array(
    z.object({
      name: z.string(),
      state: State,
      latencyMs: z.number().nullable(),
      detail: z.string().nullable(),
      adapter: z.string().nullable().describe('What stands behind it here: `Vault`, `Redis`'),
      states: z
        .array(State.nullable())
        .describe('The worst of each half hour of the last 24; null where nobody looked'),
      latencies: z.array(z.number().nullable()).describe('The slowest of each half hour'),
    }),
  ),
  partsFrom: z.string().describe('When the first of those half hours began'),
  queues: z.array(
    z.object({
      plugin: z.string(),
      queue: z.string(),
      waiting: z.int(),
      oldestSeconds: z.int().nullable(),
      dead: z.int(),
    }),
  ),
  pools: z.array(z.object({ database: z.string(), busy: z.int(), idle: z.int(), waiting: z.int() })),
});
export type HealthNow = z.infer<typeof HealthNow>;

const points = z.array(z.number().nullable());

export const HealthHistory = z.object({
  source: z.enum(['platform', 'prometheus']),
  note: z.string().nullable().describe('Why it is not from Prometheus although one is set'),
  from: z.string().describe('When the first stretch began'),
  stepSeconds: z.int(),
  series: z
    .object(
      Object.fromEntries(lineNames.map((name) => [name, points])) as Record<(typeof lineNames)[number], typeof points>,
    )
    .describe('A value for each stretch; null where nobody looked'),
});
export type HealthHistory = z.infer<typeof HealthHistory>;

export const HistoryQuery = z.object({
  range: z.enum(Object.keys(ranges) as [Range, ...Range[]]).default('1h'),
});
