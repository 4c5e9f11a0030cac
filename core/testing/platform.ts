import { rmSync } from 'node:fs';
import { type OrganisationRole, type SecretValue, statement } from '@task-connect/sdk';
import { loadSettings, type SettingSources } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import type { DatabaseServer } from '../database/server.ts';
import { removeFromBroker } from '../events/test-broker.ts';
import type { Patience } from '../kernel/activate.ts';
import { makeLog } from '../observability/log.ts';
import { makePlatform, type Platform } from '../platform.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import { type Client, makeClient } from './client.ts';
import { type ManualClock, machineClock } from './clock.ts';
import { memorySecrets } from './memory-secrets.ts';
import { adaptersOfRun, connectionsOfRun } from './real-servers.ts';
import { temporaryFolder, testPrefix, testServer } from './server.ts';
import { asServices, makeServices } from './services-shape.ts';

// A whole platform for a test: real PostgreSQL, real HTTP on a free port, its own databases and folder. Tests act
// through `as(role)`, which is a person with a token of their own in the test's organisation.

export type Role = OrganisationRole | 'stranger' | 'administrator' | 'anonymous';

export type TestPlatform = {
  platform: Platform;
  server: DatabaseServer;
  url: string;
  clock: ManualClock | typeof machineClock;
  /** Those that it consists of: itself, or each of the services behind the gateway at `url`. */
  processes(): readonly TestPlatform[];
  /** The organisation of owner, manager, member and guest; a stranger has another. */
  organisation: string;
  as(role: Role): Client;
  /** Another person of the organisation. */
  person(role: OrganisationRole, name?: string): Promise<Client>;
  /** Resolves when every event, one-off and job that is due has been handled. */
  settled(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const addOrganisation = statement<[name: string, at: string], { id: string }>(
  'test.organisation',
  'insert into organisation (name, created_at) values ($1, $2) returning id',
);
const addMember = statement<[organisation: string, person: string, role: string, at: string], never>(
  'test.member',
  'insert into membership (organisation_id, person_id, role, joined_at) values ($1, $2, $3, $4)',
);
const personalOf = statement<[person: string], { id: string }>(
  'test.personal',
  'select personal_organisation_id as id from person where id = $1',
);

let people = 0;

async function secretsWith(values: Readonly<Record<string, SecretValue>>) {
  const secrets = memorySecrets();
  for (const [path, value] of Object.entries(values)) await secrets.write(path, value);
  return secrets;
}

export type TestPlatformOptions = {
  /** Which to switch on: ids, or all that are there. */
  plugins?: readonly string[] | 'all';
  clock?: ManualClock;
  settings?: Partial<Settings>;
  /** Where those come from; of all others it is their default. */
  sources?: Partial<SettingSources>;
  server?: DatabaseServer;
  pluginFolders?: readonly string[];
  log?: ReturnType<typeof makeLog>;
  patience?: Patience;
  /** What the store of secrets holds before the start. */
  secrets?: Readonly<Record<string, SecretValue>>;
  /** A store of secrets that is there already, instead of one in memory. */
  store?: SecretStore;
  /** Where the built console is; admin-ui/dist when not given. */
  consoleFolder?: string;
  /** Another process of the same installation: on its server, with its databases, secrets, files and people. */
  beside?: TestPlatform;
};

export async function makeTestPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  if (asServices(options)) return makeServices(makeTestPlatform, options);
  const { beside } = options;
  const server = options.server ?? beside?.server ?? (await testServer());
  const folder = beside?.platform.settings.data ?? temporaryFolder();
  const clock = options.clock ?? beside?.clock ?? machineClock;
  const { settings } = loadSettings({
    env: { TC_DATA: folder, TC_LOG_LEVEL: process.env.TEST_LOG ?? 'silent' },
    cwd: folder,
  });
  const given: Settings = {
    ...settings,
    databasePrefix: beside?.platform.settings.databasePrefix ?? testPrefix(),
    rateLimit: 1_000_000,
    anonymousRateLimit: 1_000_000,
    databaseConnections: 16,
    pluginFolders: [...(options.pluginFolders ?? beside?.platform.settings.pluginFolders ?? [])],
    ...adaptersOfRun(),
    // The port is chosen when it is opened; tests that need the public address give one.
    ...options.settings,
  };
  const platform = await makePlatform({
    settings: given,
    sources: options.sources,
    clock,
    random: Math.random,
    server,
    secrets:
      options.store ?? beside?.platform.secrets ?? (await secretsWith({ ...connectionsOfRun(), ...options.secrets })),
    log: options.log ?? makeLog({ level: given.logLevel }),
    patience: options.patience,
    ...(options.consoleFolder === undefined ? {} : { consoleFolder: options.consoleFolder }),
    // Hashing is tested where it belongs; here it would be most of the time.
    passwordCost: { memory: 64, passes: 1, parallelism: 1 },
  });
  const { port } = await platform.edge.listen(options.settings?.port ?? 0, '127.0.0.1');
  await platform.kernel.start();
  const url = `http://127.0.0.1:${port}`;

  const ids =
    options.plugins === 'all'
      ? platform.kernel
          .plugins()
          .filter((view) => !view.builtIn)
          .map((view) => view.id)
      : (options.plugins ?? []);
  for (const id of ids) {
    const view = await platform.kernel.enable(id);
    if (view.state !== 'on') throw new Error(`${id} could not be switched on: ${view.reason}`);
  }

  const common = {
    platform,
    server,
    url,
    clock,
    settled: () => platform.kernel.settle(),
  };
  if (beside) {
    const here = (client: Client) => makeClient(url, client);
    const itself: TestPlatform = {
      ...common,
      processes: () => [itself],
      organisation: beside.organisation,
      as: (role) => here(beside.as(role)),
      person: async (role, name) => here(await beside.person(role, name)),
      [Symbol.asyncDispose]: () => platform[Symbol.asyncDispose](),
    };
    return itself;
  }

  const database = platform.pools.database('users');
  const now = () => clock.now().toString();
  const newOrganisation = async (name: string) => (await database.query(addOrganisation, [name, now()]))[0]!.id;
  const organisation = await newOrganisation('Lantern Yard');
  const elsewhere = await newOrganisation('Quay Street');

  async function makePerson(
    name: string,
    place: { organisation?: string; role?: OrganisationRole; platformRoles?: string[] },
  ): Promise<Client> {
    people += 1;
    const person = await platform.identity.createPerson({
      name,
      address: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${people}@example.test`,
      verified: true,
      zone: 'Europe/Berlin',
      locale: 'en',
      platformRoles: place.platformRoles ?? [],
    });
    if (place.organisation)
      await database.query(addMember, [place.organisation, person, place.role ?? 'member', now()]);
    const own = (await database.query(personalOf, [person]))[0]!.id;
    const { token } = await platform.identity.issuePersonalToken({
      person,
      organisation: place.organisation ?? own,
      name: 'test',
      scopes: ['*'],
      expiresAt: null,
    });
    return makeClient(url, { token, person, organisation: place.organisation ?? own });
  }

  const clients = new Map<Role, Client>([['anonymous', makeClient(url, {})]]);
  for (const role of ['owner', 'manager', 'member', 'guest'] as const)
    clients.set(role, await makePerson(role, { organisation, role }));
  clients.set('stranger', await makePerson('stranger', { organisation: elsewhere, role: 'owner' }));
  clients.set(
    'administrator',
    await makePerson('administrator', { organisation, role: 'owner', platformRoles: ['administrator'] }),
  );

  const itself: TestPlatform = {
    ...common,
    processes: () => [itself],
    organisation,
    as: (role) => clients.get(role)!,
    person: (role, name = 'somebody') => makePerson(name, { organisation, role }),
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      if (given.bus === 'rabbitmq') await removeFromBroker(given.databasePrefix).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return itself;
}
