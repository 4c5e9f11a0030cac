import type pg from 'pg';
import type { SecretStore } from '../secrets/secrets.ts';
import { addressOf } from './address.ts';
import { connectionConfig, longestStatement } from './connection.ts';
import { type Connections, makeConnections, type Open } from './connections.ts';
import { type Database, makeDatabase } from './database.ts';
import { type Listener, makeListener } from './listener.ts';
import { endsWithin } from './patience.ts';

// Connections to plugins' databases: opened as their secrets say when first needed, all within the limit of this
// process (connections.ts). A refused login reads the secret again once, since a rotation may have been made by another
// process.

export type Pools = {
  /** A connection without reach: rows show only inside a unit of work. */
  connect(id: string): Promise<pg.PoolClient>;
  /** The door of core's own parts to a database, with reach `system`. */
  database(id: string): Database;
  /** The door to the kernel's own tables there (`tc`), which have no policies: by the connections of `connect`. */
  bookkeeping(id: string): Database;
  /** Ends a database’s connections once those who use them are done; the next use opens new ones. */
  renew(id: string): Promise<void>;
  /** The same for good; who has not let go of a connection within so long is cut off. */
  close(id: string, milliseconds: number): Promise<void>;
  /** Connections now: open, idle, and callers that wait. */
  gauge(): { id: string; open: number; idle: number; waiting: number }[];
  /** For connections that are no plugin’s, such as those that provision: they count, too. */
  connections: Connections;
  [Symbol.asyncDispose](): Promise<void>;
};

/** `budget`: how many connections this process may have open, those of provisioning and listening among them. */
export function makePools(needs: { secrets: SecretStore; budget: number; waitMilliseconds?: number }): Pools {
  const { secrets, budget, waitMilliseconds } = needs;
  const connections = makeConnections({ limit: budget, waitMilliseconds });
  const eras = new Map<string, number>();
  const listeners = new Map<string, Listener>();
  const used = new Set<string>();

  async function mustFind(id: string) {
    const address = await addressOf(secrets, id);
    if (!address) throw new Error(`There is no secret databases/${id}: the database was not provisioned.`);
    return address;
  }

  const opening =
    (id: string, reach: 'system' | undefined): Open =>
    async () =>
      connectionConfig(await mustFind(id), { reach, name: `task-connect ${id}`, longest: longestStatement });

  const keyOf = (id: string, reach: 'system' | undefined) => `${id} ${reach ?? ''}`;
  const keysOf = (id: string) => [keyOf(id, undefined), keyOf(id, 'system')];

  async function renew(id: string): Promise<void> {
    eras.set(id, (eras.get(id) ?? 0) + 1);
    await Promise.all(keysOf(id).map((key) => connections.retire(key)));
  }

  async function connect(id: string, reach?: 'system'): Promise<pg.PoolClient> {
    const key = keyOf(id, reach);
    used.add(id);
    const era = eras.get(id);
    const open = opening(id, reach);
    try {
      return await connections.take(key, open);
    } catch (error) {
      if (!isRefused(error)) throw error;
      // Only the first that is refused ends what is open; the others find the secret as it is now.
      if (eras.get(id) === era) void renew(id);
      return connections.take(key, open);
    }
  }

  function listenerOf(id: string): Listener {
    const found = listeners.get(id);
    if (found) return found;
    const made = makeListener({
      connect: () =>
        connections.occupy(async () =>
          connectionConfig(await mustFind(id), { reach: 'system', name: `task-connect listen ${id}` }),
        ),
    });
    listeners.set(id, made);
    return made;
  }

  const door = (id: string, reach?: 'system'): Database =>
    makeDatabase({
      connect: () => connect(id, reach),
      listen: (...given) => listenerOf(id).listen(...given),
      tell: async (...given) => (await listeners.get(id)?.tell(...given)) ?? false,
    });

  /** A transaction under way is rolled back, and what it asks next fails. */
  async function close(id: string, milliseconds: number): Promise<void> {
    used.delete(id);
    if (await endsWithin(milliseconds, renew(id))) return;
    for (const key of keysOf(id)) connections.cut(key);
  }

  return {
    connect: (id) => connect(id),
    connections,
    renew,
    close,
    database: (id) => door(id, 'system'),
    bookkeeping: (id) => door(id),
    gauge: () => connections.gauge().map(({ key, ...counts }) => ({ id: key.split(' ')[0]!, ...counts })),
    async [Symbol.asyncDispose]() {
      await Promise.all([...listeners.values()].map((listener) => listener[Symbol.asyncDispose]()));
      await Promise.all([...used].map((id) => close(id, 10_000)));
    },
  };
}

const isRefused = (error: unknown) => ['28P01', '28000'].includes((error as { code?: string }).code ?? '');
