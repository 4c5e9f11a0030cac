import { createHash, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { SecretStore } from '../secrets/secrets.ts';
import { bookkeepingSteps } from './bookkeeping.ts';
import { type Address, connectionConfig } from './connection.ts';
import { type DatabaseServer, ServerUnavailable } from './server.ts';

// Makes the databases that plugins declare: database, roles, password, rights, extensions, the kernel's own tables.
// It promises that only `<database>_user` can open a database, that doing it again changes nothing, and that nothing
// is ever dropped because code no longer declares it.

export type DatabaseSpec = { id: string; extensions?: readonly string[] };

export type Names = { database: string; owner: string; user: string; logins: [string, string]; secret: string };

export function namesOf(prefix: string, id: string): Names {
  const database = `${prefix}${id.replaceAll('-', '_')}`;
  const user = `${database}_user`;
  return { database, owner: `${database}_owner`, user, logins: [`${user}_a`, `${user}_b`], secret: `databases/${id}` };
}

/** What of a provisioning is new, so that a failed enable can take it back. */
export type Provisioned = { names: Names; createdDatabase: boolean };

export type Provisioner = {
  provision(spec: DatabaseSpec): Promise<Provisioned>;
  /** Gives the other login a new password and makes it the one of the secret; the old one can no longer log in. */
  rotate(id: string): Promise<void>;
  /** Removes a database that an enable that failed has just made, if it holds no row of a plugin. */
  takeBack(provisioned: Provisioned): Promise<void>;
  /** A connection to a plugin’s database as the one who provisions. */
  connectAsAdmin(id: string): Promise<pg.Client>;
  size(id: string): Promise<number | null>;
};

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

export function makeProvisioner(needs: {
  server: DatabaseServer;
  secrets: SecretStore;
  prefix: string;
  installation: string;
}): Provisioner {
  const { server, secrets, prefix, installation } = needs;

  async function connect(database: string): Promise<pg.Client> {
    const client = new pg.Client({
      ...connectionConfig({ ...server.admin, database }, { name: 'task-connect provision' }),
      pipeline: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async function withClient<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = await connect(database);
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
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

  async function setPassword(client: pg.Client, login: string, password: string): Promise<void> {
    await client.query(`alter role ${quoted(login)} login password ${pg.escapeLiteral(password)}`);
  }

  async function canLogIn(address: Address): Promise<boolean> {
    const client = new pg.Client(connectionConfig(address, { name: 'task-connect check' }));
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
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
      const { rows } = await client.query<{ mark: string | null }>(
        `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1`,
        [names.database],
      );
      const exists = rows.length > 0;
      const [, owner, digest] = /^task-connect (\S+)(?: (\S+))?/.exec(rows[0]?.mark ?? '') ?? [];
      if (exists && owner !== installation) {
        throw new ServerUnavailable(
          `The database ${names.database} is there and not of this installation. Choose another TC_DATABASE_PREFIX, or move it away.`,
        );
      }
      if (!exists) await createDatabase(client, names);
      if (digest !== digestOf(spec)) {
        await withClient(names.database, (inside) => arrange(inside, names, spec));
        await client.query(
          `comment on database ${quoted(names.database)} is 'task-connect ${installation} ${digestOf(spec)}'`,
        );
      }
      await ensureLogin(client, names);
      return { names, createdDatabase: !exists };
    });
  }

  async function createDatabase(client: pg.Client, names: Names): Promise<void> {
    await ensureRole(client, names.owner, 'nologin');
    await ensureRole(client, names.user, 'nologin');
    for (const login of names.logins) {
      await ensureRole(client, login, 'nologin inherit connection limit -1');
      await client.query(`grant ${quoted(names.user)} to ${quoted(login)}`);
    }
    // Whoever provisions must be able to act as the owner, also where it is no superuser.
    await client.query(`grant ${quoted(names.owner)} to current_user`);
    // Closed until the rights are set: everybody may connect to a new database.
    await client.query(
      `create database ${quoted(names.database)} template template0 encoding 'UTF8' allow_connections false`,
    );
    await client.query(`comment on database ${quoted(names.database)} is 'task-connect ${installation}'`);
    await client.query(`revoke all on database ${quoted(names.database)} from public`);
    await client.query(`grant connect on database ${quoted(names.database)} to ${quoted(names.user)}`);
    await client.query(`alter database ${quoted(names.database)} allow_connections true`);
  }

  async function arrange(client: pg.Client, names: Names, spec: DatabaseSpec): Promise<void> {
    const [owner, user] = [quoted(names.owner), quoted(names.user)];
    for (const extension of spec.extensions ?? [])
      await client.query(`create extension if not exists ${quoted(extension)}`);
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

  async function ensureLogin(client: pg.Client, names: Names): Promise<void> {
    const { host, port, ssl } = server.admin;
    const secret = await secrets.read(names.secret);
    if (secret && secret.value.host === host && secret.value.port === port && secret.value.database === names.database)
      return;
    // A moved server keeps its passwords; a secret that no longer opens the database is replaced.
    const { username, password } = secret?.value ?? {};
    const kept = { host, port, database: names.database, user: String(username), password: String(password), ssl };
    if (secret && (await canLogIn(kept))) {
      await secrets.write(names.secret, { ...secret.value, host, port, database: names.database });
      return;
    }
    await issuePassword(client, names, names.logins[0]);
  }

  async function issuePassword(client: pg.Client, names: Names, login: string): Promise<void> {
    const password = randomBytes(24).toString('base64url');
    await setPassword(client, login, password);
    await secrets.write(names.secret, {
      host: server.admin.host,
      port: server.admin.port,
      database: names.database,
      username: login,
      password,
    });
  }

  return {
    provision,
    connectAsAdmin: (id) => connect(namesOf(prefix, id).database),
    rotate: (id) =>
      locked(async (client) => {
        const names = namesOf(prefix, id);
        const before = String((await secrets.read(names.secret))?.value.username);
        const next = before === names.logins[0] ? names.logins[1] : names.logins[0];
        await issuePassword(client, names, next);
        // Open connections stay; a process that still holds the old password is refused once and reads the secret again.
        await client.query(`alter role ${quoted(before)} nologin`);
      }),
    takeBack: ({ names, createdDatabase }) =>
      locked(async (client) => {
        if (!createdDatabase) return;
        await client.query(`drop database if exists ${quoted(names.database)} with (force)`);
        for (const role of [...names.logins, names.user, names.owner])
          await client.query(`drop role if exists ${quoted(role)}`);
        await secrets.delete(names.secret);
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
