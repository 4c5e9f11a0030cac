import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

// The real servers of `npm run test:services` and `test:outage`: where they are, and how a test stops, kills and
// pauses them. They are started by others (start-databases.sh, or a tool that has the same verbs).

/** The variables that say where each server is; a test that needs one fails without it. */
export const serverVariables = {
  postgres: 'POSTGRES_URL',
  redis: 'REDIS_URL',
  rabbitmq: 'AMQP_URL',
  keycloak: 'KEYCLOAK_URL',
  openbao: 'VAULT_ADDR',
} as const;

export type ServerName = keyof typeof serverVariables;

/** Where the server is. */
export function addressOf(name: ServerName): string {
  const address = process.env[serverVariables[name]];
  if (!address) throw new Error(`${serverVariables[name]} is not set: start the servers with ./start-databases.sh.`);
  return address;
}

/** The token that may do all in the test's Vault. */
export function vaultToken(): string {
  const token = process.env.VAULT_TOKEN;
  if (!token) throw new Error('VAULT_TOKEN is not set: start the servers with ./start-databases.sh.');
  return token;
}

const run = promisify(execFile);

/**
 * Control over one server. `SERVICES_TOOL` names a program with the verbs `start NAME` and `stop NAME`. It either keeps the
 * pid of each in `$SERVICES_HOME/NAME/pid` (PostgreSQL: `data/postmaster.pid`), or has the verbs kill, pause and resume too,
 * as deploy/bin/services, whose servers run in containers.
 */
export function serverControl(name: ServerName) {
  const tool = process.env.SERVICES_TOOL;
  const home = process.env.SERVICES_HOME ?? '/var/tmp/tc-services';
  if (!tool) throw new Error('SERVICES_TOOL is not set: it names the program that starts and stops the servers.');
  const file = join(home, name, name === 'postgres' ? 'data/postmaster.pid' : 'pid');
  const does = (verb: string, which: NodeJS.Signals) => {
    if (!existsSync(file)) return void execFileSync(tool, [verb, name], { stdio: 'ignore' });
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    // Keycloak’s is that of the script that waits for Java, or of Java itself: both are in the group that it leads.
    process.kill(name === 'keycloak' ? -pid : pid, which);
  };
  return {
    start: async () => void (await run(tool, ['start', name])),
    /** In good order; what it holds is kept. */
    stop: async () => void (await run(tool, ['stop', name])),
    kill: () => does('kill', 'SIGKILL'),
    /** It keeps its connections and answers nothing. */
    pause: () => does('pause', 'SIGSTOP'),
    resume: () => does('resume', 'SIGCONT'),
    restart: async () => {
      await run(tool, ['stop', name]);
      await run(tool, ['start', name]);
    },
  };
}

const chosen = (adapter: string) => (process.env.TEST_ADAPTERS ?? '').split(',').includes(adapter);

/** The adapters that all platforms of this run stand on: TEST_ADAPTERS=rabbitmq,redis; else the embedded ones. */
export const adaptersOfRun = () => ({
  ...(chosen('rabbitmq') ? { bus: 'rabbitmq' as const } : {}),
  ...(chosen('redis') ? { cache: 'redis' as const } : {}),
});

/** The secrets that say where those are. */
export const connectionsOfRun = (): Record<string, { url: string }> => ({
  ...(process.env[serverVariables.rabbitmq] ? { 'services/rabbitmq-connection': { url: addressOf('rabbitmq') } } : {}),
  ...(process.env[serverVariables.redis] ? { 'services/redis-connection': { url: addressOf('redis') } } : {}),
});
