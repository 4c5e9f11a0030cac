import { type People, type Plugin, type Route, z } from '@task-connect/sdk';
import { type PluginElsewhere, pluginsOf } from '../kernel/registry.ts';
import { type AboutNeeds, aboutRoutes } from './about/about-routes.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { makeAuditLog } from './audit/audit-table.ts';
import { placeOf } from './audit/place-of.ts';
import { platform } from './contract.ts';
import { deadLetterRoutes } from './event-admin/dead-letter-routes.ts';
import { eventRoutes } from './event-admin/event-routes.ts';
import { type HealthNeeds, healthRoutes } from './health-admin/health-routes.ts';
import { jobRoutes } from './job-admin/job-routes.ts';
import { oneOffRoutes } from './job-admin/one-off-routes.ts';
import { type PastNeeds, pluginPastRoutes } from './plugin-admin/plugin-past-routes.ts';
import { type PluginRouteNeeds, pluginRoutes } from './plugin-admin/plugin-routes.ts';
import { roleRoutes } from './role/role-routes.ts';
import { type ScheduleNeeds, scheduleRoutes } from './schedule/schedule-routes.ts';
import { type SecretNeeds, secretRoutes } from './secret-admin/secret-routes.ts';
import type { LiveSettings } from './setting-admin/live-settings.ts';
import { settingRoutes } from './setting-admin/setting-routes.ts';

const ScreenList = z.object({
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
});

type ScreensOf = (active: readonly PluginElsewhere[]) => Promise<z.infer<typeof ScreenList>>;

export type ConsoleNeeds = PluginRouteNeeds &
  PastNeeds &
  SecretNeeds &
  ScheduleNeeds & {
    people: People;
    /** What the pages of health and about show. */
    watch: HealthNeeds;
    about: AboutNeeds;
    settings: LiveSettings;
    screensOf: ScreensOf;
    publicScreensOf: ScreensOf;
  };

/** The built-in plugin behind the console’s administration. Its needs are made after it, hence the function. */
export function makeConsolePlugin(given: () => ConsoleNeeds): Plugin {
  const activePlugins = () => {
    const { kernel } = given();
    return pluginsOf(kernel.registry()).filter((active) => !kernel.plugin(active.id).builtIn);
  };

  const screens = platform.route({
    method: 'GET',
    path: '/console/screens',
    summary: 'The screens of the plugins that are on, as modules to load',
    permission: 'signed-in',
    returns: ScreenList,
    handle: () => given().screensOf(activePlugins()),
  });

  const publicScreens: Route = {
    kind: 'route',
    method: 'GET',
    path: '/console/public-screens',
    summary: 'Of the plugins that are on, the screens of those with pages for everybody',
    permission: null,
    reason: 'A page for everybody is loaded by people who are not signed in',
    returns: ScreenList,
    handle: () => given().publicScreensOf(activePlugins()),
  };

  const writeAudit = platform.handler({
    event: 'platform.audited',
    name: 'write-audit',
    async handle({ data, actor }, { tx, clock }) {
      const { plugin, organisation } = placeOf(data);
      await tx.knex('audit').insert({
        at: clock.now().toString(),
        actor,
        actor_name: data.actorName,
        action: data.action,
        subject: data.subject,
        plugin,
        organisation,
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
      publicScreens,
      ...pluginRoutes(needs),
      ...pluginPastRoutes(needs),
      ...eventRoutes(needs),
      ...deadLetterRoutes(needs),
      ...jobRoutes(needs),
      ...oneOffRoutes(needs),
      ...auditRoutes(needs),
      ...roleRoutes(needs),
      ...secretRoutes(needs),
      ...scheduleRoutes(given),
      ...ofItself,
    ],
  });
}

export { makeAuditLog };
