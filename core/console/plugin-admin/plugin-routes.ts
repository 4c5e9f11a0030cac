import { notFound, type Route, z } from '@task-connect/sdk';
import type { LiveHints } from '../../events/live-hints.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { type DetailNeeds, pluginDetail } from './plugin-detail.ts';
import { PluginDetail, PluginSummary, toSummary } from './plugin-view.ts';

const params = z.object({
  pluginId: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, { error: 'A plugin’s id has small letters, digits and hyphens.' })
    .max(60),
});

/** Routes of the plugins page. `kernel` is asked for at each request: it is made after its built-in plugins. */
export function pluginRoutes(given: () => DetailNeeds & { audit: AuditLog; live: LiveHints }): Route[] {
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
      async handle({ params: { pluginId }, actor, address, requestId }) {
        const { kernel, audit } = given();
        await kernel.discover();
        const before = toSummary(kernel.plugin(pluginId));
        const after = toSummary(await kernel[verb](pluginId));
        await audit.add(
          { actor, address, requestId },
          {
            action: `plugin.${verb}d`,
            subject: pluginId,
            before: { state: before.state },
            after: { state: after.state, reason: after.reason },
          },
        );
        return after;
      },
    });

  return [
    platform.route({
      method: 'GET',
      path: '/platform/plugins',
      summary: 'All plugins that are there, on or off',
      permission: 'platform:manage',
      returns: z.object({ items: z.array(PluginSummary) }),
      async handle() {
        const { kernel } = given();
        await kernel.discover();
        return { items: kernel.plugins().map(toSummary) };
      },
    }),
    platform.route({
      method: 'GET',
      path: '/platform/plugins/:pluginId',
      summary: 'One plugin with its routes, events, queues, jobs, migrations and settings',
      permission: 'platform:manage',
      params,
      returns: PluginDetail,
      handle: async ({ params: { pluginId } }) => {
        const needs = given();
        return pluginDetail(needs, needs.kernel.plugin(pluginId) ?? notFound('plugin', pluginId));
      },
    }),
    change('enable'),
    change('disable'),
    platform.route({
      method: 'PUT',
      path: '/platform/plugins/:pluginId/settings',
      summary: 'Change the settings of a plugin',
      permission: 'platform:manage',
      params,
      body: z.strictObject({ values: z.record(z.string(), z.unknown()) }),
      returns: z.object({ values: z.record(z.string(), z.unknown()) }),
      async handle({ params: { pluginId }, body, actor, address, requestId }) {
        const { kernel, audit } = given();
        const before = kernel.settings(kernel.plugin(pluginId).id);
        await kernel.saveSettings(pluginId, body.values);
        const values = kernel.settings(pluginId);
        await audit.add(
          { actor, address, requestId },
          { action: 'plugin.settings-changed', subject: pluginId, before, after: values },
        );
        return { values };
      },
    }),
  ];
}
