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

/** Waits for a condition, with a bound. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, seconds = 15): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`After ${seconds} s it does not hold: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
