import { z } from '@task-connect/sdk';
import type { PluginView } from '../../kernel/kernel.ts';

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
});

export const JobSummary = z.object({
  plugin: z.string(),
  name: z.string(),
  title: z.string(),
  cron: z.string(),
  zone: z.string(),
  late: z.string(),
  paused: z.boolean(),
  nextAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  lastState: z.string().nullable(),
  lastError: z.string().nullable(),
});

export const PluginDetail = PluginSummary.extend({
  database: z.object({ name: z.string(), sizeBytes: z.int() }).nullable(),
  uses: z.array(z.object({ service: z.string(), optional: z.boolean(), offeredBy: z.string().nullable() })),
  routes: z.array(
    z.object({ method: z.string(), path: z.string(), summary: z.string(), permission: z.string().nullable() }),
  ),
  permissions: z.array(z.object({ name: z.string(), title: z.string(), role: z.string() })),
  publishes: z.array(z.object({ type: z.string(), version: z.int() })),
  handles: z.array(z.object({ type: z.string(), version: z.int(), queue: z.string(), handlers: z.array(z.string()) })),
  queues: z.array(QueueState),
  jobs: z.array(JobSummary),
  migrations: z.array(z.object({ name: z.string(), phase: z.string(), appliedAt: z.string().nullable() })),
  settings: z.object({
    schema: z.record(z.string(), z.unknown()),
    values: z.record(z.string(), z.unknown()),
    defaults: z.record(z.string(), z.unknown()),
  }),
  consequences: z.array(z.string()).describe('What disabling it does now, a sentence each'),
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
