import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { type MailMessage, type OrganisationRole, Problem } from '@task-connect/sdk';
import Koa from 'koa';
import type { Identity } from './identity.ts';
import { makeIdentity } from './make-identity.ts';
import { TestBrowser } from './test-browser.ts';
import { usersDatabase } from './test-database.ts';

// One installation as a test needs it: a database, and processes that serve identity and one address of an API that
// tells who asks. No kernel and no edge, so that what fails here is identity.

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const cheap = { memory: 64, passes: 1, parallelism: 1 };
const grants: Record<OrganisationRole, string[]> = {
  guest: ['tasks:read'],
  member: ['tasks:read', 'tasks:write'],
  manager: ['tasks:read', 'tasks:write'],
  owner: ['tasks:read', 'tasks:write'],
};

type Options = {
  base?: string;
  registration?: 'open' | 'invite' | 'closed';
  oidcIssuer?: string;
  oidcBackChannelUrl?: string;
  /** Fields of services/keycloak-secrets. */
  issuerSecrets?: Record<string, string>;
  /** The public address, when it is not the one that the test listens on. */
  publicUrl?: string;
};

export async function aSite({
  base = '',
  registration = 'open',
  oidcIssuer,
  oidcBackChannelUrl,
  issuerSecrets,
  publicUrl: said,
}: Options = {}) {
  const world = { now: Temporal.Now.instant(), mails: [] as MailMessage[], errors: [] as unknown[] };
  const clock = { now: () => world.now };
  const { database, secrets, pools, provisioner } = await usersDatabase();
  if (oidcIssuer)
    await secrets.write('services/keycloak-secrets', { clientSecret: 'not told', ...issuerSecrets }, { cas: 0 });
  const records: { by: { actor: { person: string } }; change: { action: string; after: object } }[] = [];
  const log = { ...quiet, error: (fields: object) => void world.errors.push(fields) };
  const mail = {
    async send(message: MailMessage) {
      world.mails.push(message);
      return { messageId: 'x' };
    },
  };

  let serving: Identity | undefined;
  const server = createServer((req, res) => void appOf(serving!)(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const publicUrl = said ?? `${origin}${base}`;

  const processes: Identity[] = [];
  async function start(): Promise<Identity> {
    const identity = await makeIdentity({
      settings: {
        publicUrl,
        registration,
        adminEmail: 'admin@localhost.localdomain',
        oidcClientId: 'task-connect',
        oidcAudience: `${publicUrl}/api`,
        oidcIssuer,
        oidcBackChannelUrl,
      },
      database,
      secrets,
      clock,
      log,
      mail,
      permissionsOf: (role, platformRoles) =>
        new Set([...grants[role], ...(platformRoles.length > 0 ? ['people:manage'] : [])]),
      record: async (by, change) => void records.push({ by, change }),
      installation: 'i7',
      passwordCost: cheap,
      // So that what is forgotten was heard of, and did not just grow old.
      monotonic: () => 0,
    });
    processes.push(identity);
    return identity;
  }
  serving = await start();

  after(async () => {
    server.close();
    server.closeAllConnections();
    for (const identity of processes) await identity[Symbol.asyncDispose]();
  });

  return {
    world,
    records,
    publicUrl,
    origin,
    database,
    secrets,
    pools,
    provisioner,
    start,
    get identity() {
      return serving!;
    },
    /** The same installation, served by a process that has just started. */
    async restart() {
      serving = await start();
    },
    browser: (headers: Record<string, string> = {}) => new TestBrowser(origin, publicUrl, headers),
    api: (headers: Record<string, string>, path = '/api/whoami', method = 'GET') =>
      fetch(`${origin}${base}${path}`, { method, headers }),
    /** The link in the newest mail to somebody. */
    async linkFor(address: string): Promise<string> {
      await serving!.settled();
      const found = world.mails.findLast((message) => message.to.address === address);
      return /https?:\/\/\S+/.exec(found?.text ?? '')?.[0] ?? '';
    },
  };
}

export type Site = Awaited<ReturnType<typeof aSite>>;

export const ines = { name: 'Ines Walter', address: 'ines@lanternyard.example', password: 'cut webbing at nine' };
export const tomas = { name: 'Tomas Reyl', address: 'tomas@lanternyard.example', password: 'salt on the quay wall' };

/** A browser in which a person has signed in. */
export async function signIn(site: Site, person = ines, returnTo = '/tasks', browser = site.browser()) {
  const page = await browser.open(`${site.publicUrl}/auth/login?return=${encodeURIComponent(returnTo)}`);
  const landed = await browser.fill(page, { address: person.address, password: person.password });
  const cookie = browser.cookies.find(({ name }) => name.includes('tc_session_'));
  return { browser, landed, cookie: cookie ? `${cookie.name}=${cookie.value}` : '' };
}

/** Waits by events until something is so; a test that waits in vain is ended by its runner. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

/** A process that is asked without a network between. */
export async function whoAsks(identity: Identity, headers: Record<string, string>, method = 'GET') {
  const request = { method, headers: lowerCased(headers), address: '127.0.0.1' };
  try {
    const { actor, credential } = await identity.authenticate(request);
    return { status: actor.kind === 'anonymous' ? 401 : 200, actor, credential };
  } catch (error) {
    if (error instanceof Problem) return { status: error.status, problem: error };
    throw error;
  }
}

const lowerCased = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function appOf(identity: Identity) {
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      ctx.status = error.status;
      ctx.set(error.headers);
      ctx.body = { type: error.type, status: error.status, detail: error.message };
    }
  });
  app.use(identity.middleware);
  app.use(async (ctx) => {
    if (!ctx.path.endsWith('/api/whoami')) return;
    const { actor, credential } = await identity.authenticate({
      method: ctx.method,
      headers: ctx.headers,
      address: ctx.ip,
    });
    ctx.status = actor.kind === 'anonymous' ? 401 : 200;
    ctx.body = {
      person: actor.person,
      organisation: actor.organisation,
      role: actor.role,
      name: actor.name,
      credential,
    };
  });
  return app.callback();
}
