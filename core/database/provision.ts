import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '@task-connect/sdk';
import pg from 'pg';
import type { SecretStore } from '../secrets/secrets.ts';
import { adopt, extensionFault, mustBeAdoptable, mustBeHarmless, rightFault } from './adopt.ts';
import { bookkeepingSteps } from './bookkeeping.ts';
import { connectionConfig, farewell } from './connection.ts';
import type { Connections } from './connections.ts';
import { makeLogins } from './logins.ts';
import { type FoundMigration, type Migrator, makeMigrator } from './migrate.ts';
import { whileHolding } from './nesting.ts';
import { type DatabaseServer, ServerUnavailable } from './server.ts';
import { NotThereYet } from './waiting.ts';

// Makes the databases that plugins declare: database, roles, password, rights, extensions, the kernel's own tables.
// It promises that only `<database>_user` can open a database, that doing it again changes nothing, and that nothing
// is ever dropped because code no longer declares it.
//
// The database's comment says whose it is: `task-connect <installation> <digest of what was arranged> new`. `new` is
// what nobody has begun to use; that alone is ever taken back, also at the next start after a kill -9.

export type DatabaseSpec = { id: string; extensions?: readonly string[] };

export type Names = { database: string; owner: string; user: string; logins: [string, string]; secret: string };

export function namesOf(prefix: string, id: string): Names {
  const database = `${prefix}${id.replaceAll('-', '_')}`;
  const user = `${database}_user`;
  return { database, owner: `${database}_owner`, user, logins: [`${user}_a`, `${user}_b`], secret: `databases/${id}` };
}

/** `isNew`: nobody has begun to use it, so that a failed enable can take it back. */
export type Provisioned = { names: Names; isNew: boolean };

export type Provisioner = {
  provision(spec: DatabaseSpec): Promise<Provisioned>;
  /** Gives the other login a new password and makes it the one of the secret; the old one can no longer log in. */
  rotate(id: string): Promise<void>;
  /** Until it is disposed of, or this process ends, nobody takes the database back. */
  hold(id: string): Promise<AsyncDisposable>;
  /** It is in use from now on. */
  keep(provisioned: Provisioned): Promise<void>;
  /** Removes those of these databases that nobody has begun to use or holds, with roles and secret; the ids of them. */
  takeBack(ids: readonly string[]): Promise<string[]>;
  /** A connection to a plugin’s database as the one who provisions. */
  connectAsAdmin(id: string): Promise<pg.Client>;
  size(id: string): Promise<number | null>;
  /** What brings the tables of a plugin’s database up to date. */
  migrator(id: string, migrations: readonly FoundMigration[], clock: Clock): Migrator;
};

type Mark = { installation: string; digest: string; isNew: boolean };

const readMark = (comment: string | null): Mark | undefined => {
  const [, installation, digest = '-', isNew] = /^task-connect (\S+)(?: (\S+))?( new)?$/.exec(comment ?? '') ?? [];
  return installation === undefined ? undefined : { installation, digest, isNew: isNew !== undefined };
};
const writeMark = ({ installation, digest, isNew }: Mark) =>
  `task-connect ${installation} ${digest}${isNew ? ' new' : ''}`;

const installationSecret = 'services/installation';
const reserved = new Set(['postgres', 'template0', 'template1']);
const quoted = pg.escapeIdentifier;

/** The id of this installation, made once: databases and cookies bear it. */
export async function installationId(secrets: SecretStore): Promise<string> {
  const found = await secrets.read(installationSecret);
  if (found) return String(found.value.id);
  try {
    await secrets.write(installationSecret, { id: randomUUID() }, { cas: 0 });
  } catch (error) {
    if ((error as Error).name !== 'SecretChanged') throw error;
  }
  return installationId(secrets);
}

/** The same in a process that makes nothing itself. */
export async function knownInstallationId(secrets: SecretStore): Promise<string> {
  const found = await secrets.read(installationSecret);
  if (!found)
    throw new NotThereYet(
      `There is no secret ${installationSecret} yet: the process that has TC_DATABASE_URL writes it at its first start.`,
    );
  return String(found.value.id);
}

export function makeProvisioner(needs: {
  server: DatabaseServer;
  secrets: SecretStore;
  prefix: string;
  installation: string;
  /** Within whose limit it opens its own; without one it opens as many as it needs. */
  connections?: Connections;
}): Provisioner {
  const { server, secrets, prefix, installation, connections } = needs;
  const logins = makeLogins({ server, secrets });

  const config = (database: string) => ({
    ...connectionConfig({ ...server.admin, database }, { name: 'task-connect provision' }),
    pipeline: false,
  });

  async function connect(database: string): Promise<pg.Client> {
    if (connections) return connections.lend(async () => config(database));
    const client = new pg.Client(config(database));
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async function withClient<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = await connect(database);
    try {
      return await whileHolding(() => work(client));
    } finally {
      await farewell(client);
    }
  }

  /** One at a time in the cluster: two processes that start together must not both create a role. */
  const locked = <T>(work: (client: pg.Client) => Promise<T>) =>
    withClient(server.admin.database, async (client) => {
      await client.query(`select pg_advisory_lock(hashtextextended('task-connect provision', 0))`);
      return work(client);
    });

  async function ensureRole(client: pg.Client, name: string, options: string): Promise<void> {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
    await client.query(`${rowCount ? 'alter' : 'create'} role ${quoted(name)} ${options}`);
  }

  const digestOf = (spec: DatabaseSpec) =>
    createHash('sha256')
      .update(JSON.stringify([spec.extensions ?? [], bookkeepingSteps, 1]))
      .digest('hex')
      .slice(0, 16);

  async function provision(spec: DatabaseSpec): Promise<Provisioned> {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(spec.id) || reserved.has(spec.id)) {
      throw new ServerUnavailable(
        `A plugin cannot be named “${spec.id}”: use up to 40 small letters, digits and hyphens, and none of PostgreSQL's own names.`,
      );
    }
    const names = namesOf(prefix, spec.id);
    return locked(async (client) => {
      const mark = await takenUp(client, names);
      if (mark.digest !== digestOf(spec)) {
        await client.query(`alter database ${quoted(names.database)} allow_connections true`);
        await withClient(names.database, (inside) => arrange(inside, names, spec));
        await setMark(client, names, { ...mark, digest: digestOf(spec) });
      }
      await logins.ensure(client, names);
      return { names, isNew: mark.isNew };
    }).catch((error) => {
      throw rightFault(error, server.admin.user, names) ?? error;
    });
  }

  /** The mark of a database that is ours: there, made, or taken over. */
  async function takenUp(client: pg.Client, names: Names): Promise<Mark> {
    const found = await markOf(client, names);
    if (found === 'none') {
      await createDatabase(client, names);
      return { installation, digest: '-', isNew: true };
    }
    if (found === undefined) {
      await withClient(names.database, (inside) => mustBeAdoptable(inside, names));
      await makeRoles(client, names);
      await adopt(client, names);
      // Not new: what we did not make is never taken back.
      const mark = { installation, digest: '-', isNew: false };
      await setMark(client, names, mark);
      return mark;
    }
    if (found.installation !== installation) {
      throw new ServerUnavailable(
        `The database ${names.database} is there and not of this installation but of ${found.installation}. Choose another TC_DATABASE_PREFIX, or move it away. If this is that installation and has lost its secrets, restore them.`,
      );
    }
    return found;
  }

  /** `none` where there is no such database. */
  async function markOf(client: pg.Client, names: Names): Promise<Mark | undefined | 'none'> {
    const { rows } = await client.query<{ comment: string | null }>(
      `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
      [names.database],
    );
    return rows[0] ? readMark(rows[0].comment) : 'none';
  }

  const setMark = (client: pg.Client, names: Names, mark: Mark) =>
    client.query(`comment on database ${quoted(names.database)} is ${pg.escapeLiteral(writeMark(mark))}`);

  async function makeRoles(client: pg.Client, names: Names): Promise<void> {
    await ensureRole(client, names.owner, 'nologin');
    // One that is there may be able to log in: whether it still may is for logins.ts to say.
    await mustBeHarmless(client, names.user);
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [names.user]);
    if (!rowCount) await client.query(`create role ${quoted(names.user)} nologin`);
    for (const login of names.logins) {
      await ensureRole(client, login, 'nologin inherit connection limit -1');
      await client.query(`grant ${quoted(names.user)} to ${quoted(login)}`);
    }
    // Whoever provisions must be able to act as the owner, also where it is no superuser.
    await client.query(`grant ${quoted(names.owner)} to current_user`);
  }

  async function createDatabase(client: pg.Client, names: Names): Promise<void> {
    await makeRoles(client, names);
    // Made under a name that no plugin can have: killed here, it leaves nothing that looks like somebody else's. Closed
    // until the rights are set, since everybody may connect to a new database.
    const making = { ...names, database: `${names.database}~new` };
    await client.query(`drop database if exists ${quoted(making.database)}`);
    await client.query(
      `create database ${quoted(making.database)} template template0 encoding 'UTF8' allow_connections false`,
    );
    await client.query(`revoke all on database ${quoted(making.database)} from public`);
    await client.query(`grant connect on database ${quoted(making.database)} to ${quoted(names.user)}`);
    await setMark(client, making, { installation, digest: '-', isNew: true });
    await client.query(`alter database ${quoted(making.database)} rename to ${quoted(names.database)}`);
  }

  // Shared by all who are switching the plugin on; whoever would take its database back needs it alone.
  const holdKey = (names: Names) => `hashtextextended(${pg.escapeLiteral(`task-connect hold ${names.database}`)}, 0)`;

  async function takeBack(client: pg.Client, names: Names): Promise<boolean> {
    const mark = await markOf(client, names);
    if (mark === 'none' || mark?.installation !== installation || !mark.isNew) return false;
    const { rows } = await client.query(`select pg_try_advisory_lock(${holdKey(names)}) as free`);
    if (!rows[0].free) return false;
    await client.query(`drop database ${quoted(names.database)} with (force)`);
    for (const role of [...names.logins, names.user, names.owner])
      await client.query(`drop role if exists ${quoted(role)}`);
    await secrets.delete(names.secret);
    return true;
  }

  async function arrange(client: pg.Client, names: Names, spec: DatabaseSpec): Promise<void> {
    const [owner, user] = [quoted(names.owner), quoted(names.user)];
    for (const extension of spec.extensions ?? [])
      await client.query(`create extension if not exists ${quoted(extension)}`).catch((error) => {
        throw extensionFault(error, extension, names) ?? error;
      });
    await client.query('begin');
    await client.query(`create schema if not exists tc authorization ${owner}`);
    await client.query(`alter schema public owner to ${owner}`);
    await client.query('revoke all on schema public from public');
    await client.query(`grant usage on schema public, tc to ${user}`);
    await client.query(`set local role ${owner}`);
    for (const schema of ['public', 'tc']) {
      await client.query(
        `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${user}`,
      );
      await client.query(`alter default privileges in schema ${schema} grant usage, select on sequences to ${user}`);
    }
    const { rows } = await client.query(`select to_regclass('tc.version') is not null as made`);
    const done = rows[0].made ? (await client.query('select steps from tc.version')).rows[0].steps : 0;
    for (const step of bookkeepingSteps.slice(done)) await client.query(step);
    await client.query('update tc.version set steps = $1', [bookkeepingSteps.length]);
    await client.query('commit');
  }

  return {
    provision,
    connectAsAdmin: (id) => connect(namesOf(prefix, id).database),
    migrator: (id, migrations, clock) =>
      makeMigrator({
        connect: () => connect(namesOf(prefix, id).database),
        owner: namesOf(prefix, id).owner,
        migrations,
        clock,
      }),
    rotate: (id) => locked((client) => logins.rotate(client, namesOf(prefix, id))),
    async hold(id) {
      const open = async () => config(server.admin.database);
      // Held for as long as a plugin takes to be switched on, while other connections are asked for.
      const client = connections ? await connections.occupy(open) : await connect(server.admin.database);
      try {
        await client.query(`select pg_advisory_lock_shared(${holdKey(namesOf(prefix, id))})`);
      } catch (error) {
        await farewell(client);
        throw error;
      }
      return { [Symbol.asyncDispose]: () => farewell(client) };
    },
    async keep({ names, isNew }) {
      if (!isNew) return;
      await locked(async (client) => {
        const mark = await markOf(client, names);
        if (mark === 'none') throw new Error(`The database ${names.database} was removed while it was set up.`);
        if (mark?.isNew) await setMark(client, names, { ...mark, isNew: false });
      });
    },
    takeBack: (ids) =>
      locked(async (client) => {
        const gone: string[] = [];
        for (const id of ids) if (await takeBack(client, namesOf(prefix, id))) gone.push(id);
        return gone;
      }),
    size: (id) =>
      withClient(server.admin.database, async (client) => {
        const { rows } = await client.query(
          `select pg_database_size(oid) as size from pg_database where datname = $1`,
          [namesOf(prefix, id).database],
        );
        return rows[0]?.size ?? null;
      }),
  };
}
