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

/** What the secrets say: as this machine sees the servers, or as containers beside them do (`SERVERS_SEEN_BY=containers`). */
export const seen =
  process.env.SERVERS_SEEN_BY === 'containers'
    ? {
        postgres: { host: 'postgres', port: 5432 },
        databaseUrl: `postgres://postgres:${password}@postgres/postgres`,
        redis: 'redis://redis:6379',
        rabbitmq: `amqp://task-connect:${password}@rabbitmq:5672`,
        rabbitmqManagement: `http://task-connect:${password}@rabbitmq:15672`,
      }
    : {
        postgres: { host: '127.0.0.1', port: ports.postgres },
        databaseUrl: addresses.postgres,
        redis: addresses.redis,
        rabbitmq: addresses.rabbitmq,
        rabbitmqManagement: addresses.rabbitmqManagement,
      };

export const keycloakAdmin = { username: 'admin', password };
