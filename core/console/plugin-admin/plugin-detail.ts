import type { Clock } from '@task-connect/sdk';
import { type Contract, z } from '@task-connect/sdk';
import type { Pools } from '../../database/pools.ts';
import type { Bus } from '../../events/bus.ts';
import { deadLetters } from '../../events/dead-letters.ts';
import { inboxDepths } from '../../events/inbox.ts';
import type { Runner } from '../../jobs/runner.ts';
import { housekeepingPlan } from '../../kernel/housekeeping.ts';
import type { Kernel, PluginView } from '../../kernel/kernel.ts';
import { dependentsOf } from '../../kernel/order.ts';
import { queueOf } from '../../kernel/queues.ts';
import { type PluginDetail, toSummary } from './plugin-view.ts';

// Everything that the console shows of one plugin, read from its contract and from where the numbers are.

export type DetailNeeds = {
  kernel: Kernel;
  bus: Bus;
  runner: Runner;
  pools: Pools;
  clock: Clock;
  /** Size and migrations of a plugin’s database; null when there is none yet. */
  databaseOf(
    view: PluginView,
  ): Promise<{ name: string; sizeBytes: number; migrations: PluginDetail['migrations'] } | null>;
};

export const queuesOf = (contract: Contract, handled: readonly string[]) => [
  ...new Set(handled.map((type) => queueOf(contract, type))),
];

/** Waiting, oldest and dead of a plugin’s queues: on the bus and in its inbox together, also while it is off. */
export async function queueStates(
  needs: Pick<DetailNeeds, 'bus' | 'pools' | 'clock'>,
  view: PluginView,
  hasDatabase: boolean,
) {
  const { contract, parts } = view.plugin!;
  const queues = queuesOf(
    contract,
    (parts.handlers ?? []).map((handler) => handler.event),
  );
  if (queues.length === 0) return [];
  const onBus = await needs.bus.depth(queues);
  const database = hasDatabase ? needs.pools.bookkeeping(view.id) : undefined;
  const inInbox = (await database?.query(inboxDepths, [])) ?? [];
  const dead = database ? await deadLetters(database, needs.clock).depths() : [];
  const ageOf = (at: string | null | undefined) =>
    at ? Math.max(0, Math.round(needs.clock.now().since(Temporal.Instant.from(at)).total('seconds'))) : null;
  return queues.map((queue) => {
    const bus = onBus.find((each) => each.queue === queue);
    const inbox = inInbox.find((each) => each.queue === queue);
    const ages = [ageOf(bus?.oldestAt), ageOf(inbox?.oldestAt)].filter((age) => age !== null);
    return {
      queue,
      waiting: (bus?.waiting ?? 0) + (inbox?.waiting ?? 0),
      oldestSeconds: ages.length > 0 ? Math.max(...ages) : null,
      dead: dead.find((each) => each.queue === queue)?.dead ?? 0,
    };
  });
}

export async function jobSummaries(needs: Pick<DetailNeeds, 'kernel' | 'runner'>) {
  const states = await needs.runner.states();
  return needs.kernel.plugins().flatMap((view) => {
    const ofPlugin = states.filter((state) => state.plugin === view.id);
    const keptHouse = ofPlugin.some((state) => state.name === housekeepingPlan.name);
    const jobs = [...(view.plugin?.parts.jobs ?? []), ...(keptHouse ? [housekeepingPlan] : [])];
    return jobs.map(({ name, title, cron, zone = 'UTC', late }) => {
      const state = ofPlugin.find((each) => each.name === name);
      return {
        plugin: view.id,
        name,
        title,
        cron,
        zone,
        late,
        paused: view.state !== 'on',
        nextAt: view.state === 'on' ? (state?.nextAt ?? null) : null,
        lastAt: state?.lastAt ?? null,
        lastState: state?.lastState ?? null,
        lastError: state?.lastError ?? null,
      };
    });
  });
}

export async function pluginDetail(needs: DetailNeeds, view: PluginView): Promise<PluginDetail> {
  const database = view.plugin ? await needs.databaseOf(view) : null;
  const summary = toSummary(view);
  const none = {
    database: null,
    uses: [],
    routes: [],
    permissions: [],
    publishes: [],
    handles: [],
    queues: [],
    jobs: [],
    migrations: [],
  };
  if (!view.plugin)
    return { ...summary, ...none, settings: { schema: {}, values: {}, defaults: {} }, consequences: [] };
  const { contract, parts } = view.plugin;
  const all = needs.kernel.plugins();
  const offeredBy = (service: string) =>
    all.find((each) => service in (each.plugin?.contract.offers ?? {}))?.id ?? null;
  const queues = await queueStates(needs, view, database !== null);
  return {
    ...summary,
    database: database && { name: database.name, sizeBytes: database.sizeBytes },
    uses: Object.entries(contract.uses ?? {}).map(([service, use]) => ({
      service,
      optional: use.optional ?? false,
      offeredBy: offeredBy(service),
    })),
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
    publishes: Object.entries(contract.publishes ?? {}).map(([type, { version }]) => ({ type, version })),
    handles: Object.entries(contract.handles ?? {}).map(([type, { version }]) => ({
      type,
      version,
      queue: queueOf(contract, type),
      handlers: (parts.handlers ?? []).filter((handler) => handler.event === type).map((handler) => handler.name),
    })),
    queues,
    jobs: (await jobSummaries(needs)).filter((job) => job.plugin === view.id),
    migrations: database?.migrations ?? [],
    settings: settingsOf(contract, needs.kernel),
    consequences: view.builtIn ? [] : consequencesOf(view, queues, all),
  };
}

function settingsOf(contract: Contract, kernel: Kernel): PluginDetail['settings'] {
  if (!contract.settings) return { schema: {}, values: {}, defaults: {} };
  return {
    schema: z.toJSONSchema(contract.settings, { io: 'input' }) as Record<string, unknown>,
    values: kernel.settings(contract.id),
    defaults: (contract.settings.safeParse({}).data ?? {}) as Record<string, unknown>,
  };
}

/** What follows when it is disabled now, with numbers. */
function consequencesOf(view: PluginView, queues: PluginDetail['queues'], all: readonly PluginView[]): string[] {
  const { contract, parts } = view.plugin!;
  const sentences = ['Its pages and its part of the API are gone within a second; requests under way are finished.'];
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  if (queues.length > 0) {
    sentences.push(
      waiting === 0
        ? 'What is published for it from now on waits in its queues until it is on again.'
        : `${waiting} ${waiting === 1 ? 'message waits' : 'messages wait'} in its queues until it is on again, and what comes meanwhile with them.`,
    );
  }
  const jobs = parts.jobs?.length ?? 0;
  if (jobs > 0) sentences.push(`${jobs === 1 ? 'One job pauses' : `${jobs} jobs pause`}.`);
  const dependents = dependentsOf(
    contract.id,
    all.filter((each) => each.state === 'on').map((each) => each.plugin!.contract),
  );
  if (dependents.length > 0)
    sentences.push(
      `It is needed by ${dependents.join(', ')}: disable ${dependents.length === 1 ? 'that' : 'those'} first.`,
    );
  sentences.push('Its data stays.');
  return sentences;
}
