import { notFound, type Route, z } from '@task-connect/sdk';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../database/database.ts';
import { platform } from '../contract.ts';
import { adaptersOf } from './adapters.ts';
import { type ShippedPackage, shippedPackages } from './packages.ts';
import { runningProcesses, serverVersion } from './process-table.ts';

export type AboutNeeds = {
  database: Database;
  settings: Settings;
  serverKind: 'embedded' | 'external' | 'given';
  version: string;
  installation: string;
  /** This process, among those that run. */
  process: string;
  root: string;
  buildId(): Promise<string>;
};

const About = z.object({
  version: z.string(),
  build: z.string().describe('The build of the console that is served'),
  node: z.string(),
  system: z.string(),
  postgres: z.string(),
  installation: z.string(),
  publicUrl: z.string(),
  adapters: z.array(z.object({ port: z.string(), adapter: z.string(), detail: z.string().nullable() })),
  processes: z.array(
    z.object({
      id: z.string(),
      here: z.boolean().describe('It answered this request'),
      role: z.string(),
      version: z.string(),
      internalUrl: z.string().nullable(),
      plugins: z.array(z.string()).describe('Those that are on in it'),
      startedAt: z.string(),
      upSeconds: z.int(),
    }),
  ),
});

const Licence = z.object({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  homepage: z.string().nullable(),
  hasText: z.boolean(),
});

export function aboutRoutes(given: () => AboutNeeds): Route[] {
  // Read once: packages change with a release alone.
  let known: Promise<ShippedPackage[]> | undefined;
  function packages(): Promise<ShippedPackage[]> {
    known ??= shippedPackages(given().root).catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  return [
    platform.route({
      method: 'GET',
      path: '/platform/about',
      summary: 'Versions, adapters in use, and the processes that run',
      permission: 'platform:manage',
      returns: About,
      async handle() {
        const { database, settings, serverKind, version, installation, process: own, buildId } = given();
        const [processes, [server], build] = await Promise.all([
          database.query(runningProcesses, []),
          database.query(serverVersion, []),
          buildId(),
        ]);
        return {
          version,
          build,
          node: process.versions.node,
          system: `${process.platform} ${process.arch}`,
          postgres: server?.version ?? '',
          installation,
          publicUrl: settings.publicUrl,
          adapters: adaptersOf(settings, serverKind),
          processes: processes.map(({ plugins, upSeconds, ...one }) => ({
            ...one,
            here: one.id === own,
            upSeconds: Math.max(0, Math.round(upSeconds)),
            plugins: Object.keys(plugins)
              .filter((id) => plugins[id]?.state === 'on')
              .toSorted(),
          })),
        };
      },
    }),
    platform.route({
      method: 'GET',
      path: '/platform/licences',
      summary: 'The packages of others in this installation, with their licences',
      permission: 'platform:manage',
      returns: z.object({ items: z.array(Licence) }),
      handle: async () => ({
        items: (await packages()).map(({ text, ...one }) => ({ ...one, hasText: text !== null })),
      }),
    }),
    platform.route({
      method: 'GET',
      path: '/platform/licences/text',
      summary: 'The text of the licence of a package',
      permission: 'platform:manage',
      query: z.object({ name: z.string().min(1).max(214), version: z.string().min(1).max(100) }),
      returns: z.object({ text: z.string() }),
      async handle({ query: { name, version } }) {
        const found = (await packages()).find((one) => one.name === name && one.version === version);
        return { text: found?.text ?? notFound('licence text', `${name}@${version}`) };
      },
    }),
  ];
}
