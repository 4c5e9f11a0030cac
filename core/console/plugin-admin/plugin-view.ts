import { z } from '@task-connect/sdk';
import type { PluginView } from '../../kernel/kernel.ts';
import { JobSummary } from '../job-admin/job-summary.ts';

export const PluginSummary = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  hue: z.string(),
  icon: z.string(),
  builtIn: z.boolean(),
  wanted: z.boolean(),
  state: z.enum(['off', 'enabling', 'on', 'disabling', 'failed']),
  reason: z.string().nullable(),
  since: z.string().nullable(),
});
export type PluginSummary = z.infer<typeof PluginSummary>;

export const QueueState = z.object({
  queue: z.string(),
  waiting: z.int(),
  oldestSeconds: z.int().nullable(),
  dead: z.int(),
  perMinute: z.number().describe('Handled a minute, in the last five'),
  minutes: z.array(z.int()).describe('Handled in each of the last sixty minutes, oldest first'),
});

export const PluginDetail = PluginSummary.extend({
  database: z.object({ name: z.string(), sizeBytes: z.int() }).nullable(),
  uses: z.array(z.object({ service: z.string(), optional: z.boolean(), offeredBy: z.string().nullable() })),
  neededBy: z.array(z.object({ plugin: z.string(), service: z.string(), optional: z.boolean() })),
  routes: z.array(
    z.object({ method: z.string(), path: z.string(), summary: z.string(), permission: z.string().nullable() }),
  ),
  permissions: z.array(z.object({ name: z.string(), title: z.string(), role: z.string() })),
  publishes: z.array(z.object({ type: z.string(), version: z.int(), handledBy: z.array(z.string()) })),
  handles: z.array(
    z.object({
      type: z.string(),
      version: z.int(),
      queue: z.string(),
      handlers: z.array(z.string()),
      publishedBy: z.array(z.string()),
    }),
  ),
  queues: z.array(QueueState),
  jobs: z.array(JobSummary),
  migrations: z.array(z.object({ name: z.string(), phase: z.string(), appliedAt: z.string().nullable() })),
  settings: z.object({
    schema: z.record(z.string(), z.unknown()),
    values: z.record(z.string(), z.unknown()),
    defaults: z.record(z.string(), z.unknown()),
    version: z.int().describe('For If-Match when they are changed'),
  }),
  consequences: z.array(z.string()).describe('What switching it on, or off where it is on, does now: a sentence each'),
});
export type PluginDetail = z.infer<typeof PluginDetail>;

export const toSummary = (view: PluginView): PluginSummary => ({
  id: view.id,
  title: view.plugin?.contract.title ?? view.id,
  description: view.description,
  version: view.version,
  hue: view.plugin?.contract.hue ?? 'stone',
  icon: view.plugin?.contract.icon ?? 'plug',
  builtIn: view.builtIn,
  wanted: view.wanted,
  state: view.state,
  reason: view.reason,
  since: view.since,
});
