import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { addresses, ports, seen } from './servers.ts';
import { keepSecret, readSecret } from './vault.ts';

// The databases of the platform, each with a user of its own and the secret that opens it. What is there stays as it is:
// once the platform has taken a database over, its logins and its secret are the platform's.

export const databases = ['users', 'tasks', 'notes', 'notifications', 'payments', 'bookings', 'marketplace'];

const quoted = pg.escapeIdentifier;

async function exists(client: pg.Client, question: string, name: string): Promise<boolean> {
  return ((await client.query(question, [name])).rowCount ?? 0) > 0;
}

/** Whether the secret lets in; an error that is none of the password's is one. */
async function opens(secret: Record<string, string | number>): Promise<boolean> {
  const { database, username, password } = secret as Record<string, string>;
  const client = new pg.Client({ host: '127.0.0.1', port: ports.postgres, database, user: username, password });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (/^(28|3D)/.test((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function prepareDatabase(client: pg.Client, token: string, database: string): Promise<'made' | 'there'> {
  const path = `databases/${database}`;
  const kept = await readSecret(token, path);
  const hasDatabase = await exists(client, 'select from pg_database where datname = $1', database);
  if (hasDatabase && kept && (await opens(kept))) return 'there';

  const username = `${database}_user`;
  const password = randomBytes(24).toString('base64url');
  const hasRole = await exists(client, 'select from pg_roles where rolname = $1', username);
  await client.query(
    `${hasRole ? 'alter' : 'create'} role ${quoted(username)} login password ${pg.escapeLiteral(password)}`,
  );
  if (!hasDatabase) await client.query(`create database ${quoted(database)} owner ${quoted(username)}`);
  // Revoked each time: everybody may connect to a new database.
  await client.query(`revoke all on database ${quoted(database)} from public`);
  await client.query(`grant connect on database ${quoted(database)} to ${quoted(username)}`);
  await keepSecret(token, path, { ...seen.postgres, database, username, password });
  return 'made';
}

/** Makes those that are not there; the names of those that it made. */
export async function prepareDatabases(token: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: addresses.postgres });
  await client.connect();
  try {
    const made: string[] = [];
    for (const database of databases)
      if ((await prepareDatabase(client, token, database)) === 'made') made.push(database);
    return made;
  } finally {
    await client.end();
  }
}
