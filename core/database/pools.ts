import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { SecretStore } from '../secrets/secrets.ts';
import { type Address, connectionConfig } from './connection.ts';
import { type Database, type ListenerEvents, makeDatabase } from './database.ts';
import { endsWithin } from './patience.ts';

// Connections to plugins' databases: opened from the secrets store when first needed, few each, all within one budget.
// A refused login reads the secret again once, since a rotation may have been made by another process.

export type Pools = {
  /** A connection without reach: rows show only inside a unit of work. */
  connect(id: string): Promise<pg.PoolClient>;
  /** The door of core's own parts to a database, with reach `system`. */
  database(id: string): Database;
  /** The door to the kernel's own tables there (`tc`), which have no policies: by the connections of `connect`. */
  bookkeeping(id: string): Database;
  /** Closes a database’s pools once those who use them are done; the next use opens them anew. */
  renew(id: string): Promise<void>;
  /** The same for good; who has not let go of a connection within so long is cut off. */
  close(id: string, milliseconds: number): Promise<void>;
  /** Connections now: open, idle, and callers that wait. */
  gauge(): { id: string; open: number; idle: number; waiting: number }[];
  [Symbol.asyncDispose](): Promise<void>;
};

const perPool = 10;
const atLeast = 2;

export function makePools(needs: { secrets: SecretStore; budget: number; ssl?: Address['ssl'] }): Pools {
  type Opened = { id: string; pool: pg.Pool; clients: Set<pg.PoolClient> };
  const opened = new Map<string, Promise<Opened>>();
  const live = new Set<Opened>();
  const listeners = new Set<AsyncDisposable>();

  /** All pools get an equal share; pg's pool looks at `max` each time, so a share may shrink later. */
  function share() {
    const each = Math.max(atLeast, Math.min(perPool, Math.floor(needs.budget / Math.max(1, live.size))));
    for (const { pool } of live) pool.options.max = each;
  }

  async function addressOf(id: string): Promise<Address> {
    const secret = await needs.secrets.read(`databases/${id}`);
    if (!secret) throw new Error(`There is no secret databases/${id}: the database was not provisioned.`);
    const { host, port, database, username, password } = secret.value;
    return {
      host: String(host),
      port: Number(port),
      database: String(database),
      user: String(username),
      password: String(password),
      ...(needs.ssl ? { ssl: needs.ssl } : {}),
    };
  }

  async function open(id: string, reach: 'system' | undefined): Promise<Opened> {
    const pool = new pg.Pool({
      ...connectionConfig(await addressOf(id), { reach, name: `task-connect ${id}` }),
      max: atLeast,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
    });
    // Without a listener a lost idle connection would end the process.
    pool.on('error', () => undefined);
    // And so would one that is in use: its query fails, which is heard there.
    pool.on('connect', (client) => client.on('error', () => undefined));
    const clients = new Set<pg.PoolClient>();
    pool.on('connect', (client) => clients.add(client));
    pool.on('remove', (client) => clients.delete(client));
    const entry = { id, pool, clients };
    live.add(entry);
    share();
    return entry;
  }

  function poolOf(id: string, reach: 'system' | undefined): Promise<Opened> {
    const key = `${id} ${reach ?? ''}`;
    const found = opened.get(key);
    if (found) return found;
    const made = open(id, reach);
    opened.set(key, made);
    made.catch(() => opened.get(key) === made && opened.delete(key));
    return made;
  }

  async function drain(entry: Opened): Promise<void> {
    // pg's pool serves nobody any more once it ends, and lets those wait who wait.
    while (entry.pool.waitingCount > 0) await pause(5);
    live.delete(entry);
    share();
    await entry.pool.end();
  }

  /** Its transaction is rolled back, and what it asks next fails. */
  async function drainOrCut(entry: Opened, milliseconds: number): Promise<void> {
    if (await endsWithin(milliseconds, drain(entry))) return;
    for (const client of entry.clients) void (client as unknown as pg.Client).end().catch(() => undefined);
  }

  /** The pools of some keys, which are closed from now on: whoever comes opens a new one. */
  async function takeOut(keys: readonly string[]): Promise<Opened[]> {
    const opening = keys.map((key) => opened.get(key));
    for (const key of keys) opened.delete(key);
    const settled = await Promise.allSettled(opening);
    return settled.flatMap((entry) => (entry.status === 'fulfilled' && entry.value ? [entry.value] : []));
  }

  const keysOf = (id: string) => [`${id} `, `${id} system`];
  const renew = async (id: string) => void (await Promise.all((await takeOut(keysOf(id))).map(drain)));

  async function connect(id: string, reach?: 'system'): Promise<pg.PoolClient> {
    let refused = false;
    for (;;) {
      const opening = poolOf(id, reach);
      const { pool } = await opening;
      try {
        return await pool.connect();
      } catch (error) {
        // Closed between the two lines above: there is a new one.
        if (pool.ending) continue;
        if (refused || !isRefused(error)) throw error;
        refused = true;
        // Only who still holds the refused pool renews it; the others find the new one.
        if (opened.get(`${id} ${reach ?? ''}`) === opening) void renew(id);
      }
    }
  }

  async function listen(
    id: string,
    channel: string,
    heard: (payload: string) => void,
    events: ListenerEvents = {},
  ): Promise<AsyncDisposable> {
    const listener = await makeListener(
      async () => connectionConfig(await addressOf(id), { reach: 'system', name: `task-connect listen ${id}` }),
      channel,
      heard,
      events,
    );
    listeners.add(listener);
    return {
      async [Symbol.asyncDispose]() {
        listeners.delete(listener);
        await listener[Symbol.asyncDispose]();
      },
    };
  }

  return {
    connect,
    renew,
    async close(id, milliseconds) {
      await Promise.all((await takeOut(keysOf(id))).map((entry) => drainOrCut(entry, milliseconds)));
    },
    database: (id) =>
      makeDatabase({ connect: () => connect(id, 'system'), listen: (...given) => listen(id, ...given) }),
    bookkeeping: (id) => makeDatabase({ connect: () => connect(id), listen: (...given) => listen(id, ...given) }),
    gauge: () =>
      [...live].map(({ id, pool }) => ({
        id,
        open: pool.totalCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
      })),
    async [Symbol.asyncDispose]() {
      await Promise.all([...listeners].map((listener) => listener[Symbol.asyncDispose]()));
      await Promise.all((await takeOut([...opened.keys()])).map((entry) => drainOrCut(entry, 10_000)));
    },
  };
}

const isRefused = (error: unknown) => ['28P01', '28000'].includes((error as { code?: string }).code ?? '');

/** A connection of its own that listens and comes back when it was lost. */
async function makeListener(
  config: () => Promise<pg.ClientConfig>,
  channel: string,
  heard: (payload: string) => void,
  events: ListenerEvents,
): Promise<AsyncDisposable> {
  let client: pg.Client | undefined;
  let ended = false;
  let retry: NodeJS.Timeout | undefined;

  async function start(): Promise<void> {
    const fresh = new pg.Client(await config());
    const lose = () => {
      if (client !== fresh) return;
      client = undefined;
      if (ended) return;
      events.lost?.();
      again();
    };
    fresh.on('error', lose);
    fresh.on('end', lose);
    fresh.on('notification', (message) => heard(message.payload ?? ''));
    await fresh.connect();
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    if (ended) return void fresh.end();
    client = fresh;
  }

  function again() {
    retry = setTimeout(() => {
      start().then(() => events.regained?.(), again);
    }, 250);
    retry.unref();
  }

  await start();
  return {
    async [Symbol.asyncDispose]() {
      ended = true;
      clearTimeout(retry);
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
