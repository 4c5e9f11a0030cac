import { makeLog } from '../observability/log.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { addressOf } from '../testing/real-servers.ts';
import { openRedis } from './redis.ts';

/** A name that no other test has, as that of an installation. */
export const anInstallation = () => `test-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;

/** A connection as a process has it; two of one installation are two processes. */
export async function aRedis({ installation = anInstallation(), url = addressOf('redis'), ca = '' } = {}) {
  const secrets = memorySecrets();
  await secrets.write('services/redis-connection', { url, ca });
  return openRedis({ secrets, installation, log: makeLog({ level: 'silent' }) });
}
