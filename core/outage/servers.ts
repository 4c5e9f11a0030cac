import pg from 'pg';
import { addressOf, vaultToken } from '../testing/real-servers.ts';

// What the processes of an outage find on the real servers: a mount of their own in Vault with the connections of the
// others, and an AppRole to read it.

type Prepared = { env: Record<string, string>; remove(): Promise<void> };

async function vault(method: string, path: string, body?: object): Promise<Record<string, never>> {
  const response = await fetch(`${addressOf('openbao')}/v1/${path}`, {
    method,
    headers: { 'x-vault-token': vaultToken() },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Vault answered ${response.status} to ${method} ${path}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

/** What platforms of this prefix left behind. */
async function dropDatabases(prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: addressOf('postgres') });
  await client.connect();
  try {
    const like = `${prefix.replaceAll('_', '\\_')}%`;
    const databases = await client.query('select datname as name from pg_database where datname like $1', [like]);
    for (const { name } of databases.rows)
      await client.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
    const roles = await client.query('select rolname as name from pg_roles where rolname like $1', [like]);
    for (const { name } of roles.rows) await client.query(`drop role ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** `prefix` heads what is made there; `remove` takes it away again, when those who use it are gone. */
export async function prepareServers(prefix: string): Promise<Prepared> {
  const name = prefix.replaceAll('_', '');
  await vault('POST', `sys/mounts/${name}`, { type: 'kv', options: { version: '2' } });
  await vault('PUT', `sys/policies/acl/${name}`, {
    policy: `path "${name}/*" { capabilities = ["create", "read", "update", "delete", "list"] }`,
  });
  const kinds = await vault('GET', 'sys/auth');
  if (!('approle/' in kinds)) await vault('POST', 'sys/auth/approle', { type: 'approle' });
  await vault('POST', `auth/approle/role/${name}`, { token_policies: [name], token_ttl: '1m', token_max_ttl: '5m' });
  const { role_id } = (await vault('GET', `auth/approle/role/${name}/role-id`)).data as unknown as { role_id: string };
  const { secret_id } = (await vault('POST', `auth/approle/role/${name}/secret-id`)).data as unknown as {
    secret_id: string;
  };
  const write = (path: string, data: object) => vault('POST', `${name}/data/${path}`, { data });
  await write('services/rabbitmq-connection', {
    url: addressOf('rabbitmq'),
    ...(process.env.RABBITMQ_MANAGEMENT_URL ? { managementUrl: process.env.RABBITMQ_MANAGEMENT_URL } : {}),
  });
  await write('services/redis-connection', { url: addressOf('redis') });
  return {
    env: {
      TC_DATABASE_URL: addressOf('postgres'),
      TC_DATABASE_PREFIX: prefix,
      TC_VAULT_URL: addressOf('openbao'),
      TC_VAULT_MOUNT: name,
      TC_VAULT_ROLE_ID: role_id,
      TC_VAULT_SECRET_ID: secret_id,
      TC_BUS: 'rabbitmq',
      TC_CACHE: 'redis',
    },
    async remove() {
      await dropDatabases(prefix);
      await vault('DELETE', `auth/approle/role/${name}`);
      await vault('DELETE', `sys/policies/acl/${name}`);
      await vault('DELETE', `sys/mounts/${name}`);
    },
  };
}
