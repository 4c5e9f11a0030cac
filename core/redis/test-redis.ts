import { randomUUID } from 'node:crypto';
import { quietLog } from '../testing/databases.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { addressOf } from '../testing/real-servers.ts';
import { openRedis, type RedisLink } from './redis.ts';

/** A link to the Redis of the environment, with keys of its own, or those of `installation`. */
export async function testRedis(installation: string = randomUUID(), url = addressOf('redis')): Promise<RedisLink> {
  const secrets = memorySecrets();
  await secrets.write('services/redis-connection', { url });
  return openRedis({ secrets, installation, log: quietLog });
}
