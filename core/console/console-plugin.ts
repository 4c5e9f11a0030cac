import { type Plugin, z } from '@task-connect/sdk';
import type { LiveHints } from '../events/live-hints.ts';
import { type PluginElsewhere, pluginsOf } from '../kernel/registry.ts';
import { type AboutNeeds, aboutRoutes } from './about/about-routes.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { type AuditLog, makeAuditLog } from './audit/audit-table.ts';
import { platform } from './contract.ts';
import { eventRoutes } from './event-admin/event-routes.ts';
import { type HealthNeeds, healthRoutes } from './health-admin/health-routes.ts';
import { jobRoutes } from './job-admin/job-routes.ts';
import type { DetailNeeds } from './plugin-admin/plugin-detail.ts';
import { pluginRoutes } from './plugin-admin/plugin-routes.ts';
import type { LiveSettings } from './setting-admin/live-settings.ts';
import { settingRoutes } from './setting-admin/setting-routes.ts';

export type ConsoleNeeds = DetailNeeds & {
  audit: AuditLog;
  live: LiveHints;
  /** What the pages of health and about show. */
  watch: HealthNeeds;
  about: AboutNeeds;
  settings: LiveSettings;
  screensOf(active: readonly PluginElsewhere[]): Promise<{
    buildId: string;
    items: { plugin: string; title: string; hue: string; icon: string; entry: string; css: string[] }[];
  }>;
};

/** The built-in plugin behind the console’s administration. Its needs are made after it, hence the function. */
export function makeConsolePlugin(given: () => ConsoleNeeds): Plugin {
  const screens = platform.route({
    method: 'GET',
    path: '/console/screens',
    summary: 'The screens of the plugins that are on, as modules to load',
    permission: 'signed-in',
    returns: z.object({
      buildId: z.string(),
      items: z.array(
        z.object({
          plugin: z.string(),
          title: z.string(),
          hue: z.string(),
          icon: z.string(),
          entry: z.string(),
          css: z.array(z.string()),
        }),
      ),
    }),
    handle: async () => {
      const { kernel, screensOf } = given();
      return screensOf(pluginsOf(kernel.registry()).filter((active) => !kernel.plugin(active.id).builtIn));
    },
  });

  const writeAudit = platform.handler({
    event: 'platform.audited',
    name: 'write-audit',
    async handle({ data, actor }, { tx, clock }) {
      await tx.knex('audit').insert({
        at: clock.now().toString(),
        actor,
        actor_name: data.actorName,
        action: data.action,
        subject: data.subject,
        before: JSON.stringify(data.before ?? null),
        after: JSON.stringify(data.after ?? null),
        address: data.address,
        request_id: data.requestId,
      });
    },
  });

  const needs = () => ({ ...given(), wake: () => given().kernel.wake() });
  const ofItself = [...healthRoutes(() => given().watch), ...settingRoutes(needs), ...aboutRoutes(() => given().about)];
  return platform.plugin({
    migrations: new URL('./migrations/', import.meta.url),
    handlers: [writeAudit],
    routes: [
      screens,
      ...pluginRoutes(needs),
      ...eventRoutes(needs),
      ...jobRoutes(needs),
      ...auditRoutes(needs),
      ...ofItself,
    ],
  });
}

export { makeAuditLog };
