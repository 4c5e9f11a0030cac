import pg from 'pg';
import { testVault } from '../secrets/test-vault.ts';
import { addressOf } from '../testing/real-servers.ts';
import { admin, importRealm, realmSecrets } from '../testing/test-realm.ts';

// What the processes of an outage find on the real servers: a mount of their own in Vault with the connections of the
// others, and an AppRole to read it.

type Prepared = { env: Record<string, string>; remove(): Promise<void> };

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
  const vault = await testVault({ token_max_ttl: '5m' }, prefix.replaceAll('_', ''));
  const write = (path: string, data: object) => vault.admin('POST', `${vault.mount}/data/${path}`, { data });
  await write('services/rabbitmq-connection', {
    url: addressOf('rabbitmq'),
    ...(process.env.RABBITMQ_MANAGEMENT_URL ? { managementUrl: process.env.RABBITMQ_MANAGEMENT_URL } : {}),
  });
  await write('services/redis-connection', { url: addressOf('redis') });
  await write('services/keycloak-secrets', realmSecrets);
  await importRealm(vault.mount, 'http://localhost:8080');
  return {
    env: {
      TC_DATABASE_URL: addressOf('postgres'),
      TC_DATABASE_PREFIX: prefix,
      TC_VAULT_URL: vault.url,
      TC_VAULT_MOUNT: vault.mount,
      TC_VAULT_ROLE_ID: vault.roleId,
      TC_VAULT_SECRET_ID: vault.secretId,
      TC_BUS: 'rabbitmq',
      TC_CACHE: 'redis',
      TC_OIDC_ISSUER: `${addressOf('keycloak')}/realms/${vault.mount}`,
    },
    async remove() {
      await dropDatabases(prefix);
      await admin('DELETE', `/${vault.mount}`);
      await vault[Symbol.asyncDispose]();
    },
  };
}
