import { organisationRoles, type Route, z } from '@task-connect/sdk';
import type { Kernel } from '../../kernel/kernel.ts';
import { platform } from '../contract.ts';

const platformRoles = ['administrator'] as const;

const RoleMatrix = z.object({
  organisationRoles: z
    .array(z.enum(organisationRoles))
    .describe('From least to most; each has what those before it have'),
  platformRoles: z.array(z.enum(platformRoles)),
  permissions: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      plugin: z.string(),
      pluginTitle: z.string(),
      on: z.boolean().describe('Whether its plugin is on; otherwise nobody has it'),
      from: z.enum([...organisationRoles, ...platformRoles]).describe('The lowest role that has it'),
    }),
  ),
});

/** What each role may do, as the contracts of the plugins say it. */
export function roleRoutes(given: () => { kernel: Kernel }): Route[] {
  return [
    platform.route({
      method: 'GET',
      path: '/console/roles',
      summary: 'Which role has which permission',
      description: 'Of plugins that are on; administrators see the others too.',
      permission: 'signed-in',
      returns: RoleMatrix,
      async handle({ actor }) {
        const all = actor.may('platform:manage');
        const permissions = given()
          .kernel.plugins()
          .filter((view) => view.plugin && (all || view.state === 'on'))
          .flatMap((view) =>
            Object.entries(view.plugin!.contract.permissions ?? {}).map(([name, permission]) => ({
              name,
              title: permission.title,
              plugin: view.id,
              pluginTitle: view.plugin!.contract.title,
              on: view.state === 'on',
              from: 'role' in permission ? permission.role : permission.platformRole,
            })),
          );
        return { organisationRoles: [...organisationRoles], platformRoles: [...platformRoles], permissions };
      },
    }),
  ];
}
