import { notFound, type Route, z } from '@task-connect/sdk';
import { readMigrations } from '../../database/migrate.ts';
import { sqlOf } from '../../database/migration-sql.ts';
import type { Processes } from '../../kernel/processes.ts';
import { levels, type RecentLines } from '../../kernel/recent-lines.ts';
import { platform } from '../contract.ts';
import { monthOf } from './month.ts';
import type { DetailNeeds } from './plugin-detail.ts';
import { pluginId } from './plugin-id.ts';

const params = z.object({ pluginId });

const MigrationSql = z.object({
  name: z.string(),
  phase: z.string(),
  appliedAt: z.string().nullable(),
  sql: z.array(z.string()).nullable().describe('null where it depends on what the database answers'),
});

const Day = z.object({
  day: z.string(),
  state: z.enum(['ok', 'degraded', 'failed', 'off']),
  offSeconds: z.int(),
  reason: z.string().nullable(),
});

const Line = z.object({
  at: z.string(),
  level: z.enum(levels),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()),
});

export type PastNeeds = DetailNeeds & { lines: RecentLines; processes: Processes };

/** What a plugin’s migrations do, how its last month was, and its last lines in the log. */
export const pluginPastRoutes = (given: () => PastNeeds): Route[] => [
  platform.route({
    method: 'GET',
    path: '/platform/plugins/:pluginId/migrations',
    summary: 'The migrations of a plugin, applied and pending, with the SQL of each',
    description:
      'The SQL is found without running anything. A migration that reads rows to decide what to do may do more than this says; `task-connect migrate --dry-run` asks the database.',
    permission: 'platform:manage',
    params,
    returns: z.object({ items: z.array(MigrationSql) }),
    async handle({ params: { pluginId: id } }) {
      const { kernel, databaseOf } = given();
      const view = kernel.plugin(id);
      const applied = new Map((await databaseOf(view))?.migrations.map((each) => [each.name, each.appliedAt]));
      const found = await readMigrations((view.plugin ?? notFound('plugin', id)).parts.migrations);
      const items = found.map(async (migration) => ({
        name: migration.name,
        phase: migration.migration.phase,
        appliedAt: applied.get(migration.name) ?? null,
        sql: await sqlOf(migration),
      }));
      return { items: await Promise.all(items) };
    },
  }),
  platform.route({
    method: 'GET',
    path: '/platform/plugins/:pluginId/history',
    summary: 'The last thirty days of a plugin, as you count days: on, off, failed',
    permission: 'platform:manage',
    params,
    returns: z.object({ days: z.array(Day) }),
    async handle({ params: { pluginId: id }, actor }) {
      const { kernel, clock } = given();
      const view = kernel.plugin(id);
      const now = clock.now();
      const changes = await kernel.history.since(view.id, now.subtract({ hours: 24 * 31 }));
      return { days: monthOf(changes, actor.zone, now) };
    },
  }),
  platform.route({
    method: 'GET',
    path: '/platform/plugins/:pluginId/log',
    summary: 'The last lines that a plugin wrote to the log, as this process remembers them',
    description: 'Up to 300 lines since the process began; secrets are hidden before a line is kept.',
    permission: 'platform:manage',
    params,
    query: z.strictObject({ level: z.enum(levels).default('info') }),
    returns: z.object({
      process: z.object({ id: z.string(), others: z.int(), serves: z.boolean() }),
      items: z.array(Line),
    }),
    handle: async ({ params: { pluginId: id }, query }) => {
      const { kernel, lines, processes } = given();
      const view = kernel.plugin(id);
      return {
        process: { id: processes.id, others: Math.max(0, processes.live().length - 1), serves: view.here },
        items: lines.of(view.id, query.level).reverse(),
      };
    },
  }),
];
