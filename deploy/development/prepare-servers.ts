import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../core/about.ts';
import { databases, prepareDatabases } from './databases.ts';
import { issuer, prepareRealm, realmSecrets } from './realm.ts';
import { addresses, home, platformUrl, seen } from './servers.ts';
import { keepSecret, prepareVault, readKeys, unsealed } from './vault.ts';

// What ./start-databases.sh does once the servers run: Vault is initialised and unsealed, databases, secrets and the realm
// are made, and the settings of a platform on them are written. `--unseal` does the first alone, `--env` prints what the
// tests want. Doing it again changes nothing.

const settingsFile = join(home, 'platform.json');
const print = (text: string) => void process.stdout.write(`${text}\n`);

async function prepare(): Promise<void> {
  const token = await unsealed();
  const appRole = await prepareVault(token);
  const made = await prepareDatabases(token);
  await keepSecret(token, 'services/rabbitmq-connection', {
    url: seen.rabbitmq,
    managementUrl: seen.rabbitmqManagement,
  });
  await keepSecret(token, 'services/redis-connection', { url: seen.redis });
  await keepSecret(token, 'services/keycloak-secrets', realmSecrets);
  const realm = await prepareRealm();
  writeSettings({
    data: join(home, 'data'),
    publicUrl: platformUrl,
    port: new URL(platformUrl).port || '8080',
    databaseUrl: addresses.postgres,
    vaultUrl: addresses.vault,
    ...appRole,
    bus: 'rabbitmq',
    cache: 'redis',
    oidcIssuer: issuer,
  });
  print(`Databases   ${databases.join(', ')}${made.length > 0 ? `; new: ${made.join(', ')}` : '; all were there'}`);
  print(
    `Secrets     ${addresses.vault}, below secret/; the key and the root token are in ${join(home, 'openbao/init.json')}`,
  );
  print(`Sign in     ${issuer} (${realm}); people and passwords are those of deploy/keycloak/development.json`);
  print('');
  print('Start the platform on them:');
  print(`  TC_CONFIG=${settingsFile} npm start`);
  print('Run the tests of the adapters on them:');
  print(`  eval "$(${join(root, 'start-databases.sh')} env)" && npm run test:services`);
}

/** Through another name, so that nobody reads half of it; it holds passwords. */
function writeSettings(settings: Record<string, string>): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify({ ...settings, port: Number(settings.port) }, null, 2)}\n`;
  writeFileSync(`${settingsFile}.new`, text, { mode: 0o600 });
  renameSync(`${settingsFile}.new`, settingsFile);
}

function env(): void {
  const variables = {
    POSTGRES_URL: addresses.postgres,
    REDIS_URL: addresses.redis,
    AMQP_URL: addresses.rabbitmq,
    RABBITMQ_MANAGEMENT_URL: addresses.rabbitmqManagement,
    KEYCLOAK_URL: addresses.keycloak,
    KEYCLOAK_ADMIN: 'admin',
    KEYCLOAK_ADMIN_PASSWORD: 'only-for-development',
    VAULT_ADDR: addresses.vault,
    VAULT_TOKEN: readKeys().root_token,
    SERVICES_TOOL: join(root, 'deploy', 'bin', 'services'),
    SERVICES_HOME: home,
  };
  for (const [name, value] of Object.entries(variables)) print(`export ${name}='${value}'`);
}

try {
  if (process.argv.includes('--env')) env();
  else if (process.argv.includes('--unseal')) await unsealed();
  else await prepare();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
