import { checkVersion, notFound, type Route, z } from '@task-connect/sdk';
import type { LiveHints } from '../../events/live-hints.ts';
import { hideSecrets } from '../../observability/hide.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { type DatabasesNeeds, withDatabase } from './databases.ts';
import { type DetailNeeds, pluginDetail } from './plugin-detail.ts';
import { pluginId } from './plugin-id.ts';
import { PluginDetail, PluginSummary, toSummary } from './plugin-view.ts';
import { queueStates } from './queue-states.ts';
import { switchPlugin } from './switch-plugin.ts';

const params = z.object({ pluginId });
const Listed = PluginSummary.extend({ dead: z.int().describe('Events that it could not handle') });
const Values = z.record(z.string(), z.unknown());

export type PluginRouteNeeds = DetailNeeds & DatabasesNeeds & { audit: AuditLog; live: LiveHints };

/** Routes of the plugins page. `kernel` is asked for at each request: it is made after its built-in plugins. */
export function pluginRoutes(given: () => PluginRouteNeeds): Route[] {
  const change = (verb: 'enable' | 'disable') =>
    platform.route({
      method: 'POST',
      path: `/platform/plugins/:pluginId/${verb}`,
      summary: verb === 'enable' ? 'Switch a plugin on' : 'Switch a plugin off',
      description:
        'Answers when it is done. A plugin that cannot be on answers with the state `failed` and the reason.',
      permission: 'platform:manage',
      params,
      returns: PluginSummary,
      handle: async ({ params: { pluginId: id }, ...by }) => switchPlugin(given(), by, verb, id),
    });

  return [
    platform.route({
      method: 'GET',
      path: '/platform/plugins',
      summary: 'All plugins that are there, on or off',
      permission: 'platform:manage',
      returns: z.object({ items: z.array(Listed) }),
      async handle() {
        const needs = given();
        await needs.kernel.discover();
        const there = await withDatabase(needs);
        const items = needs.kernel.plugins().map(async (view) => {
          const queues = view.plugin ? await queueStates(needs, view, there.includes(view.id)) : [];
          return { ...toSummary(view), dead: queues.reduce((sum, { dead }) => sum + dead, 0) };
        });
        return { items: await Promise.all(items) };
      },
    }),
    platform.route({
      method: 'GET',
      path: '/platform/plugins/:pluginId',
      summary: 'One plugin with its routes, events, queues, jobs, migrations and settings',
      permission: 'platform:manage',
      params,
      returns: PluginDetail,
      handle: async ({ params: { pluginId: id } }) => {
        const needs = given();
        return pluginDetail(needs, needs.kernel.plugin(id) ?? notFound('plugin', id));
      },
    }),
    change('enable'),
    change('disable'),
    platform.route({
      method: 'PUT',
      path: '/platform/plugins/:pluginId/settings',
      summary: 'Change the settings of a plugin',
      description: 'With If-Match: the `settings.version` that was read; a change in between is then a 412.',
      permission: 'platform:manage',
      params,
      body: z.strictObject({ values: Values }),
      returns: z.object({ values: Values, version: z.int() }),
      async handle({ params: { pluginId: id }, body, ifMatch, ...by }) {
        const { kernel, audit } = given();
        const before = hideSecrets(kernel.settings(kernel.plugin(id).id));
        await kernel.saveSettings(id, body.values, async (tx, version) => {
          checkVersion('settings', ifMatch, version - 1);
          const entry = { action: 'plugin.settings-changed', subject: id, before, after: hideSecrets(body.values) };
          await audit.add(by, entry, tx);
        });
        return { values: kernel.settings(id), version: kernel.settingsVersion(id) };
      },
    }),
  ];
}
