import { type Clock, type Contract, z } from '@task-connect/sdk';
import { readMigrations } from '../../database/migrate.ts';
import type { Pools } from '../../database/pools.ts';
import type { Bus } from '../../events/bus.ts';
import type { EventCounts } from '../../events/event-counts.ts';
import type { Runner } from '../../jobs/runner.ts';
import type { Kernel, PluginView } from '../../kernel/kernel.ts';
import { queueOf } from '../../kernel/queues.ts';
import { publishedTypes } from '../event-admin/published-types.ts';
import { rateOf, ratesByMinute } from '../event-admin/rates.ts';
import { jobSummaries } from '../job-admin/job-summary.ts';
import { consequencesOf } from './consequences.ts';
import { type PluginDetail, toSummary } from './plugin-view.ts';
import { queueStates } from './queue-states.ts';

// Everything that the console shows of one plugin, read from its contract and from where the numbers are.

export type DetailNeeds = {
  kernel: Kernel;
  bus: Bus;
  counts: EventCounts;
  runner: Runner;
  pools: Pools;
  clock: Clock;
  /** Size and migrations of a plugin’s database; null when there is none yet. */
  databaseOf(
    view: PluginView,
  ): Promise<{ name: string; sizeBytes: number; migrations: PluginDetail['migrations'] } | null>;
};

const nothing = {
  database: null,
  uses: [],
  neededBy: [],
  routes: [],
  permissions: [],
  publishes: [],
  handles: [],
  queues: [],
  jobs: [],
  migrations: [],
  settings: { schema: {}, values: {}, defaults: {}, version: 0 },
  consequences: [],
};

export async function pluginDetail(needs: DetailNeeds, view: PluginView): Promise<PluginDetail> {
  const summary = toSummary(view);
  if (!view.plugin) return { ...summary, ...nothing };
  const { contract, parts } = view.plugin;
  const all = needs.kernel.plugins();
  const found = await needs.databaseOf(view);
  const database = found && { name: found.name, sizeBytes: found.sizeBytes };
  const migrations = found?.migrations ?? (await neverApplied(parts.migrations));
  const queues = await queuesWithRates(needs, view, database !== null);
  return {
    ...summary,
    database,
    migrations,
    queues,
    uses: Object.entries(contract.uses ?? {}).map(([service, use]) => ({
      service,
      optional: use.optional ?? false,
      offeredBy: all.find((each) => service in (each.plugin?.contract.offers ?? {}))?.id ?? null,
    })),
    neededBy: neededBy(contract, all),
    routes: (parts.routes ?? []).map(({ method, path, summary: text, permission }) => ({
      method,
      path: `/api${path}`,
      summary: text,
      permission,
    })),
    permissions: Object.entries(contract.permissions ?? {}).map(([name, permission]) => ({
      name,
      title: permission.title,
      role: 'role' in permission ? permission.role : permission.platformRole,
    })),
    publishes: Object.entries(contract.publishes ?? {}).map(([type, { version }]) => ({
      type,
      version,
      handledBy: idsOf(all, (other) => type in (other.handles ?? {})),
    })),
    handles: Object.entries(contract.handles ?? {}).map(([type, { version }]) => ({
      type,
      version,
      queue: queueOf(contract, type),
      handlers: (parts.handlers ?? []).filter((handler) => handler.event === type).map((handler) => handler.name),
      publishedBy: idsOf(all, (other) => publishedTypes(other).includes(type)),
    })),
    jobs: (await jobSummaries(needs)).filter((job) => job.plugin === view.id),
    settings: settingsOf(contract, needs.kernel),
    consequences: view.builtIn ? [] : consequencesOf({ view, all, queues, migrations, database }),
  };
}

const idsOf = (all: readonly PluginView[], fits: (contract: Contract) => boolean) =>
  all.filter(({ plugin }) => plugin && fits(plugin.contract)).map(({ id }) => id);

/** Who calls its services. */
const neededBy = (contract: Contract, all: readonly PluginView[]): PluginDetail['neededBy'] =>
  all.flatMap(({ id, plugin }) =>
    Object.entries(plugin?.contract.uses ?? {})
      .filter(([service]) => id !== contract.id && service in (contract.offers ?? {}))
      .map(([service, use]) => ({ plugin: id, service, optional: use.optional ?? false })),
  );

const neverApplied = async (folder: URL | undefined): Promise<PluginDetail['migrations']> =>
  (await readMigrations(folder)).map(({ name, migration }) => ({ name, phase: migration.phase, appliedAt: null }));

async function queuesWithRates(needs: DetailNeeds, view: PluginView, hasDatabase: boolean) {
  const states = await queueStates(needs, view, hasDatabase);
  if (states.length === 0) return [];
  const counts = await needs.counts.last(60);
  return states.map((state) => {
    const ofQueue = counts.filter(({ plugin, queue }) => plugin === view.id && queue === state.queue);
    return {
      ...state,
      perMinute: rateOf(ofQueue, needs.clock.now()),
      minutes: ratesByMinute(ofQueue, needs.clock.now()),
    };
  });
}

function settingsOf(contract: Contract, kernel: Kernel): PluginDetail['settings'] {
  const version = kernel.settingsVersion(contract.id);
  if (!contract.settings) return { schema: {}, values: {}, defaults: {}, version };
  return {
    schema: z.toJSONSchema(contract.settings, { io: 'input' }) as Record<string, unknown>,
    values: kernel.settings(contract.id),
    defaults: (contract.settings.safeParse({}).data ?? {}) as Record<string, unknown>,
    version,
  };
}
