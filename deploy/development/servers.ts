import { join } from 'node:path';
import { root } from '../../core/about.ts';

// Where the servers of compose.development.yml are, and the passwords that stand there too.

const port = (name: string, otherwise: number) => Number(process.env[`SERVERS_${name}_PORT`] ?? otherwise);

/** Where keys and settings are kept, readable by their owner alone. */
export const home = process.env.SERVERS_HOME ?? join(root, '.tc', 'servers');

export const ports = {
  postgres: port('POSTGRES', 15432),
  redis: port('REDIS', 16379),
  rabbitmq: port('RABBITMQ', 15673),
  rabbitmqManagement: port('RABBITMQ_MANAGEMENT', 15674),
  keycloak: port('KEYCLOAK', 18080),
  vault: port('VAULT', 18200),
};

const password = 'only-for-development';

export const addresses = {
  postgres: `postgres://postgres:${password}@127.0.0.1:${ports.postgres}/postgres`,
  redis: `redis://127.0.0.1:${ports.redis}`,
  rabbitmq: `amqp://task-connect:${password}@127.0.0.1:${ports.rabbitmq}`,
  rabbitmqManagement: `http://task-connect:${password}@127.0.0.1:${ports.rabbitmqManagement}`,
  keycloak: `http://127.0.0.1:${ports.keycloak}`,
  vault: `http://127.0.0.1:${ports.vault}`,
};

/** Where a platform on these servers is for browsers: the realm knows its redirects. */
export const platformUrl = process.env.SERVERS_PLATFORM_URL ?? 'http://localhost:8080';
const platformPort = new URL(platformUrl).port || '80';

/** What the secrets and the realm say: as this machine sees the servers, or as containers beside them do (`SERVERS_SEEN_BY=containers`). */
export const seen =
  process.env.SERVERS_SEEN_BY === 'containers'
    ? {
        postgres: { host: 'postgres', port: 5432 },
        databaseUrl: `postgres://postgres:${password}@postgres/postgres`,
        redis: 'redis://redis:6379',
        rabbitmq: `amqp://task-connect:${password}@rabbitmq:5672`,
        rabbitmqManagement: `http://task-connect:${password}@rabbitmq:15672`,
        keycloakSees: 'http://task-connect:8080',
      }
    : {
        postgres: { host: '127.0.0.1', port: ports.postgres },
        databaseUrl: addresses.postgres,
        redis: addresses.redis,
        rabbitmq: addresses.rabbitmq,
        rabbitmqManagement: addresses.rabbitmqManagement,
        keycloakSees: `http://host.docker.internal:${platformPort}`,
      };

export const keycloakAdmin = { username: 'admin', password };
