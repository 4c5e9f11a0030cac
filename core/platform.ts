import { join } from 'node:path';
import { type Clock, type Log, type People, statement } from '@task-connect/sdk';
import { root, version } from './about.ts';
import { makeMemoryCache } from './cache/memory-cache.ts';
import { makeRedisCache } from './cache/redis-cache.ts';
import { redisSecond } from './cache/redis-second.ts';
import { untilTold } from './cache/until-told.ts';
import { openDataFolder } from './config/data-folder.ts';
import type { SettingSources } from './config/load.ts';
import type { Settings } from './config/settings.ts';
import { adaptersOf } from './console/about/adapters.ts';
import { makeAuditLog } from './console/audit/audit-table.ts';
import { type ConsoleNeeds, makeConsolePlugin } from './console/console-plugin.ts';
import { makeHistory } from './console/health-admin/history.ts';
import { makePrometheus } from './console/health-admin/prometheus.ts';
import { queueStates } from './console/plugin-admin/queue-states.ts';
import { makeRotateSecret } from './console/secret-admin/rotate-secret.ts';
import { makeSecretUseTable } from './console/secret-admin/secret-use-table.ts';
import { makeLiveSettings } from './console/setting-admin/live-settings.ts';
import { embeddedServer } from './database/embedded-server.ts';
import { externalServer } from './database/external-server.ts';
import { givenServer, makeGivenProvisioner } from './database/given-server.ts';
import { readMigrations } from './database/migrate.ts';
import { makePools } from './database/pools.ts';
import {
  installationId,
  knownInstallationId,
  makeProvisioner,
  namesOf,
  type Provisioner,
} from './database/provision.ts';
import type { DatabaseServer, GivenServer } from './database/server.ts';
import { untilThere, type Waiting } from './database/waiting.ts';
import { amqpBus } from './events/amqp-bus.ts';
import { embeddedBus } from './events/embedded-bus.ts';
import { makeEventCounts } from './events/event-counts.ts';
import { makeLiveHints } from './events/live-hints.ts';
import { makeRelayWakes } from './events/relay-wakes.ts';
import { redisRateLimiter } from './http/redis-rate-limiter.ts';
import { makeScreens } from './http/screens.ts';
import { type Edge, makeEdge } from './http/server.ts';
import { makeIdentity } from './identity/identity.ts';
import { makeRunner } from './jobs/runner.ts';
import type { Patience } from './kernel/activate.ts';
import { type Kernel, makeKernel } from './kernel/kernel.ts';
import { makeProcesses } from './kernel/processes.ts';
import { makeRecentLines } from './kernel/recent-lines.ts';
import { makeRemoteCall } from './kernel/remote-call.ts';
import { makeServiceDoor } from './kernel/service-door.ts';
import { makeServiceTokens } from './kernel/service-token.ts';
import { makeFileMail } from './mail/file-mail.ts';
import { makeSmtpMail } from './mail/smtp-mail.ts';
import { makeHealth } from './observability/health.ts';
import { makeLog } from './observability/log.ts';
import { makeMetrics } from './observability/metrics.ts';
import { makeSampler } from './observability/sampler.ts';
import { makePeoplePlugin } from './people/people-plugin.ts';
import { openRedis } from './redis/redis.ts';
import { openSecrets } from './secrets/open-secrets.ts';
import { makeSecretUses } from './secrets/secret-use.ts';
import type { SecretStore } from './secrets/secrets.ts';
import { makeFolderStorage } from './storage/folder-storage.ts';

// ★ Read this first: every part is made here, once, from the parts above it, and ends in the reverse order.

export type Platform = Awaited<ReturnType<typeof makePlatform>>;

export type PlatformNeeds = {
  settings: Settings;
  /** Where they come from: what the environment says cannot be changed in the console. */
  sources?: Partial<SettingSources>;
  clock: Clock;
  random: () => number;
  /** A server that is there already, for tests; the settings say which one otherwise. */
  server?: DatabaseServer | GivenServer;
  /** Where secrets are, for tests; the file in the data folder otherwise. */
  secrets?: SecretStore;
  log?: ReturnType<typeof makeLog>;
  /** Takes the finished lines of the access log; through `log` they cost several times as much. */
  accessLines?: { write(line: string): void };
  /** How long plugins may take to start and to end; tests wait less. */
  patience?: Patience;
  /** How much a password costs to hash; tests take less. */
  passwordCost?: Parameters<typeof makeIdentity>[0]['passwordCost'];
  /** Where the built console is; admin-ui/dist when not given. */
  consoleFolder?: string;
  /** Waits for a Vault or a database that is not there yet until this ends it; without it, their absence is an error. */
  signal?: AbortSignal;
  /** Hears what is waited for. */
  waiting?: (reason: string) => void;
};

export async function makePlatform(needs: PlatformNeeds) {
  const { settings, clock, signal, patience = { startMilliseconds: 60_000, endMilliseconds: 30_000 } } = needs;
  const stack = new AsyncDisposableStack();
  try {
    const recentLines = makeRecentLines({ clock, level: settings.logLevel });
    const log = recentLines.watch(needs.log ?? makeLog({ level: settings.logLevel }));
    const wait: Waiting = { log, signal, tell: needs.waiting };
    const metrics = makeMetrics({ process: 'with-process' });
    const health = makeHealth({ clock, version });

    await openDataFolder(settings.data);
    const store =
      needs.secrets ?? stack.use(await openSecrets({ settings, clock, waits: signal !== undefined, ...wait }));
    const secretUses = makeSecretUses({ clock });
    const secretsFor = (part: string) => secretUses.as(store, part);
    const secrets = secretsFor('platform');
    const start = () => startServer(settings, secrets, log);
    const server = needs.server ?? (await (signal ? untilThere(start, wait) : start()));
    if (!needs.server) stack.defer(() => server.stop());

    const installation =
      server.kind === 'given'
        ? await untilThere(() => knownInstallationId(secrets), wait)
        : await installationId(secrets);
    const pools = stack.use(makePools({ secrets: secretsFor('database'), budget: settings.databaseConnections }));
    const prefix = settings.databasePrefix;
    const provisioner: Provisioner =
      server.kind === 'given'
        ? makeGivenProvisioner({ secrets, prefix })
        : makeProvisioner({ server, secrets, prefix, installation, connections: pools.connections });
    const poolsNow = () =>
      pools.gauge().map(({ id, open, idle, waiting }) => ({ database: id, busy: open - idle, idle, waiting }));
    stack.use(metrics.watchPools(poolsNow));

    // Where no other colour runs beside this one there is nobody to wait for with the second phase.
    const phase = server.kind === 'embedded' ? 'all' : 'before';
    const migratorOf = async (id: string, migrations: URL | undefined) =>
      provisioner.migrator(id, await readMigrations(migrations), clock);
    /** For parts that come before the kernel, which finds this done when it switches their plugins on. */
    async function prepare(id: string, migrations: URL) {
      const migrator = await migratorOf(id, migrations);
      await untilThere(() => provisioner.provision({ id }).then(() => migrator.up(phase)), wait);
      return pools.database(id);
    }
    const database = await prepare('platform', new URL('./console/migrations/', import.meta.url));
    const liveSettings = stack.use(await makeLiveSettings({ database, settings, sources: needs.sources, clock, log }));
    const followLevel = ({ logLevel }: Settings) => log.setLevel(logLevel);
    if (liveSettings.source('logLevel') === 'console') followLevel(liveSettings.now);
    liveSettings.onChange(followLevel);
    stack.use(health.part('database', () => ping(database), { vital: true }));

    const bus = stack.use(
      settings.bus === 'rabbitmq'
        ? await amqpBus({
            secrets: secretsFor('events'),
            database,
            prefix: settings.databasePrefix,
            clock,
            log,
            random: needs.random,
          })
        : await embeddedBus({ database, clock, log }),
    );
    stack.use(health.part('bus', async () => toPart(await bus.check()), { vital: false }));
    stack.use(health.part('secrets', async () => toPart(await secrets.check()), { vital: false }));
    const live = stack.use(await makeLiveHints({ database, clock, log }));
    const counts = stack.use(makeEventCounts({ database, clock, log }));
    const runner = stack.use(
      makeRunner({
        database,
        clock,
        log,
        ended: (plugin, job, outcome, seconds) => metrics.jobDone({ plugin, job, outcome, seconds }),
        drainMilliseconds: patience.endMilliseconds,
      }),
    );

    const mail = stack.use(
      settings.smtpUrl
        ? makeSmtpMail({ url: settings.smtpUrl, from: settings.mailFrom, clock })
        : makeFileMail({ folder: join(settings.data, 'mail'), from: settings.mailFrom, clock }),
    );
    stack.use(health.part('mail', async () => toPart(await mail.check()), { vital: false }));
    const storage = makeFolderStorage({ folder: join(settings.data, 'files') });
    const redis =
      settings.cache === 'redis'
        ? stack.use(await openRedis({ secrets: secretsFor('cache'), installation, log }))
        : undefined;
    if (redis) stack.use(health.part('redis', async () => toPart(await redis.check()), { vital: false }));
    const word = stack.use(untilTold((message) => database.notify('tc_cache', message)));
    const cache = redis
      ? makeRedisCache({ redis, clock, announce: word.announce })
      : makeMemoryCache({ clock, entries: 5000, announce: word.announce });
    stack.use(
      await database.listen('tc_cache', cache.forget, {
        lost: () => cache.hears(false),
        regained: () => cache.hears(true),
      }),
    );

    const audit = makeAuditLog(database, clock);
    const secretUseTable = makeSecretUseTable(database, secretUses, settings.role);
    const keepingUses = setInterval(() => void secretUseTable.keep().catch(() => undefined), 60_000);
    keepingUses.unref();
    stack.defer(async () => {
      clearInterval(keepingUses);
      await secretUseTable.keep().catch(() => undefined);
    });
    const consoleFolder = needs.consoleFolder ?? join(root, 'admin-ui', 'dist');
    const screens = makeScreens(consoleFolder);

    // The console's plugin comes into being before the kernel that its routes use.
    const late: { kernel?: Kernel } = {};
    const kernelNow = () => late.kernel ?? notYet('kernel');

    // Before the kernel, since the jobs and handlers of the people's plugin begin as soon as that is on.
    const users = await prepare('users', new URL('./people/migrations/', import.meta.url));
    const openIdentity = () =>
      makeIdentity({
        settings,
        signInPage: () => liveSettings.now,
        database: users,
        secrets: secretsFor('sign-in'),
        clock,
        log,
        mail,
        installation,
        permissionsOf: (...who) => kernelNow().permissionsOf(...who),
        record: audit.add,
        passwordCost: needs.passwordCost,
        shared: redis && ((secret) => redisSecond({ redis, secret, clock })),
      });
    const identity = stack.use(await untilThere(openIdentity, wait));
    stack.use(health.part('sign-in', async () => toPart(await identity.check()), { vital: false }));
    const people: People = identity.contacts;

    async function databaseOf(view: { id: string; plugin?: { parts: { migrations?: URL } } | undefined }) {
      const sizeBytes = await provisioner.size(view.id);
      if (sizeBytes === null) return null;
      const migrator = await migratorOf(view.id, view.plugin?.parts.migrations);
      const migrations = (await migrator.state()).map(({ name, phase, appliedAt }) => ({ name, phase, appliedAt }));
      return { name: namesOf(settings.databasePrefix, view.id).database, sizeBytes, migrations };
    }

    /** Of all plugins that are on; a part for whoever is off would need its database. */
    async function allQueues() {
      const on = kernelNow()
        .plugins()
        .filter((view) => view.here && view.state === 'on');
      const states = await Promise.all(
        on.map(async (view) =>
          (await queueStates({ bus, pools, clock }, view, true)).map((queue) => ({ plugin: view.id, ...queue })),
        ),
      );
      return states.flat().map((queue) => ({ ...queue, oldestSeconds: queue.oldestSeconds ?? 0 }));
    }

    const rotateSecret = makeRotateSecret({ provisioner, pools, identity });
    const consoleNeeds = (): ConsoleNeeds => ({
      kernel: kernelNow(),
      processes,
      lines: recentLines,
      people,
      bus,
      counts,
      hasDatabase: async (id) => (await provisioner.size(id)) !== null,
      runner,
      pools,
      clock,
      audit,
      live,
      databaseOf,
      screensOf: screens.screensOf,
      publicScreensOf: screens.publicScreensOf,
      agendaMilliseconds: Math.min(patience.callMilliseconds ?? 2000, 2000),
      settings: liveSettings,
      secrets: store,
      secretUses: secretUseTable,
      secretStore: settings.vaultUrl ? 'vault' : 'file',
      rotateSecret,
      proof: identity.parts.proof,
      watch: {
        clock,
        log,
        health,
        history,
        prometheus,
        adapters: adaptersOf(settings, server.kind),
        queuesNow: allQueues,
        poolsNow,
      },
      about: {
        database,
        settings,
        serverKind: server.kind,
        version,
        installation,
        process: processes.id,
        root,
        buildId: screens.buildId,
      },
    });

    const processes = stack.use(
      await makeProcesses({ database, internalUrl: settings.internalUrl, role: settings.role, version, log }),
    );
    const history = stack.use(
      makeHistory({
        database,
        sampler: makeSampler({
          clock,
          counted: metrics.counted,
          memory: () => process.memoryUsage.rss(),
          pools: poolsNow,
          queues: async () => (late.kernel ? allQueues() : []),
          health: health.report,
        }),
        process: processes.id,
        clock,
        log,
        keepDays: () => liveSettings.now.historyDays,
      }),
    );
    const prometheus = settings.prometheusUrl ? makePrometheus({ url: settings.prometheusUrl }) : undefined;
    const tokens = makeServiceTokens({ processes, installation });
    const kernel = stack.use(
      await makeKernel({
        root,
        folders: settings.pluginFolders,
        only: settings.plugins,
        processes,
        remote: makeRemoteCall({ processes, tokens }),
        provisions: server.kind !== 'given',
        builtIns: [
          { plugin: makeConsolePlugin(consoleNeeds), version, description: 'Plugins, events, jobs and the audit log' },
          {
            plugin: makePeoplePlugin(() => identity),
            version,
            description: 'People, organisations, rights and sign-in',
          },
        ],
        database,
        clock,
        log,
        activation: {
          provisioner,
          pools,
          bus,
          live,
          relayWakes: stack.use(await makeRelayWakes({ database, log })),
          runner,
          metrics,
          counts,
          clock,
          log,
          random: needs.random,
          patience,
          works: settings.role !== 'web',
          phase,
          organisations: identity.organisations,
          estate: { people, mail, cache, secretsFor, storage, publicUrl: settings.publicUrl },
        },
      }),
    );
    late.kernel = kernel;
    stack.use(health.part('plugins', async () => pluginsPart(kernel), { vital: false }));
    stack.use(health.part('events', async () => eventsPart(await allQueues()), { vital: false }));
    stack.use(metrics.watchQueues(allQueues));
    stack.use(kernel.onChange(() => void live.show([everybody('plugins-changed')]).catch(() => undefined)));

    const basePath = new URL(settings.publicUrl).pathname.replace(/\/$/, '');
    const edge: Edge = makeEdge({
      settings: {
        ...settings,
        get rateLimit() {
          return liveSettings.now.rateLimit;
        },
        get anonymousRateLimit() {
          return liveSettings.now.anonymousRateLimit;
        },
      },
      registry: kernel.registry,
      identity,
      health,
      metrics,
      log,
      accessLines: needs.accessLines,
      logsRequests: () => logsRequests(liveSettings.now),
      live,
      limiter: redis && redisRateLimiter({ redis, now: () => performance.now() }),
      clock,
      console: { folder: consoleFolder },
      services: settings.internalUrl
        ? makeServiceDoor({ tokens, registry: kernel.registry, people: pools.database('users') })
        : undefined,
      basePath,
      version,
    });
    stack.defer(() => edge.drain());
    // First of all, so that nobody calls this process any more; what it still calls is signed by a key that stays known.
    stack.defer(() => processes.leave());
    const forgetting = setInterval(() => void live.forgetOld().catch(() => undefined), 60_000);
    forgetting.unref();
    stack.defer(() => clearInterval(forgetting));
    const looking = setInterval(() => void history.tick(), 15_000);
    looking.unref();
    stack.defer(() => clearInterval(looking));

    return {
      settings,
      log,
      kernel,
      processes,
      tokens,
      identity,
      edge,
      secrets: store,
      provisioner,
      pools,
      bus,
      runner,
      live,
      audit,
      health,
      history,
      liveSettings,
      clock,
      databaseOf,
      consoleNeeds,
      serverKind: server.kind,
      /** Switches on what is wanted, then opens the port: who is told "ready" finds every plugin there. */
      async serve(): Promise<{ port: number }> {
        await kernel.start();
        return edge.listen(settings.port, settings.host);
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync().catch(() => undefined);
    throw error;
  }
}

/** By URL; as the secrets say where those are in a Vault, which other processes share; else one of our own. */
async function startServer(settings: Settings, secrets: SecretStore, log: Log): Promise<DatabaseServer | GivenServer> {
  if (settings.databaseUrl) return externalServer(settings.databaseUrl);
  if (settings.vaultUrl) return givenServer();
  return embeddedServer({ dataFolder: settings.data, secrets, connections: settings.databaseConnections, log });
}

const pingStatement = statement<[], unknown>('platform.ping', 'select 1');

async function ping(database: { query(s: typeof pingStatement, v: []): Promise<unknown[]> }): Promise<{ state: 'ok' }> {
  await database.query(pingStatement, []);
  return { state: 'ok' };
}

const toPart = (check: { ok: true } | { ok: false; reason: string }) =>
  check.ok ? { state: 'ok' as const } : { state: 'degraded' as const, detail: check.reason };

function pluginsPart(kernel: Kernel): { state: 'ok' | 'degraded'; detail?: string } {
  const failed = kernel.plugins().filter((view) => view.wanted && view.state === 'failed');
  if (failed.length === 0) return { state: 'ok' };
  return { state: 'degraded', detail: failed.map((view) => `${view.id} is not on: ${view.reason}`).join(' ') };
}

function eventsPart(queues: readonly { queue: string; dead: number }[]): { state: 'ok' | 'degraded'; detail?: string } {
  const dead = queues.filter((queue) => queue.dead > 0);
  if (dead.length === 0) return { state: 'ok' };
  const counts = dead.map((queue) => `${queue.queue} ${queue.dead}`).join(', ');
  return {
    state: 'degraded',
    detail: `Dead letters wait for a person: ${counts}. See the error of each, then replay it.`,
  };
}

/** Lines bypass the logger's level, so it is asked here. */
const logsRequests = ({ logLevel }: Settings) => ['trace', 'debug', 'info'].includes(logLevel);

const everybody = (type: string) => ({ organisation: null, person: null, plugin: 'platform', type, data: {} });

function notYet(part: string): never {
  throw new Error(`The ${part} was asked before it was made.`);
}
