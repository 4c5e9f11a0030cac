import pg from 'pg';
import { type Address, connectionConfig, farewell } from './connection.ts';
import { isConnectionLost } from './connection-lost.ts';
import { type DatabaseServer, ServerUnavailable } from './server.ts';
import { tlsFault, tlsOfUrl } from './tls.ts';
import { NotThereYet } from './waiting.ts';

/** The oldest PostgreSQL that has what we use: uuidv7(). */
export const oldestVersion = 18;

/**
 * A PostgreSQL given by URL (TLS as in libpq, tls.ts). Says which right its role lacks.
 * @throws NotThereYet while it does not answer, such as on a machine where it starts at the same time.
 * @throws ServerUnavailable when it cannot be used as it is.
 */
export async function externalServer(url: string): Promise<DatabaseServer> {
  const parsed = new URL(url);
  const admin: Address = {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || 5432),
    database: decodeURIComponent(parsed.pathname.slice(1)) || 'postgres',
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    tls: tlsOfUrl(parsed.searchParams),
  };
  const client = new pg.Client(connectionConfig(admin, { name: 'task-connect check' }));
  client.on('error', () => undefined);
  const where = `${admin.host}:${admin.port}`;
  try {
    await client.connect();
  } catch (error) {
    const reason = tlsFault(error, admin.host) ?? (error as Error).message;
    const refused = isConnectionLost(error) ? NotThereYet : ServerUnavailable;
    throw new refused(`PostgreSQL at ${where} cannot be used as ${admin.user}: ${reason}.`, { cause: error });
  }
  try {
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int / 10000 as version, rolsuper, rolcreatedb, rolcreaterole
       from pg_roles where rolname = current_user`,
    );
    const { version, rolsuper, rolcreatedb, rolcreaterole } = rows[0];
    if (version < oldestVersion)
      throw new ServerUnavailable(
        `PostgreSQL at ${where} is version ${version}; ${oldestVersion} or newer is needed (uuidv7).`,
      );
    const missing = [!rolcreatedb && 'CREATEDB', !rolcreaterole && 'CREATEROLE'].filter(Boolean);
    if (!rolsuper && missing.length > 0) {
      throw new ServerUnavailable(
        `The role ${admin.user} at ${where} lacks ${missing.join(' and ')}: alter role "${admin.user}" ${missing.join(' ')}.`,
      );
    }
    return { kind: 'external', admin, version, stop: async () => undefined };
  } finally {
    await farewell(client);
  }
}
