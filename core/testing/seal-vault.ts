import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, vaultToken } from './real-servers.ts';
import { until } from './until.ts';

/** Seals the Vault of the environment for as long as `work` takes. `SERVICES_HOME/openbao/init.json` has its key. */
export async function sealVault(work: () => Promise<void>): Promise<void> {
  const home = process.env.SERVICES_HOME ?? '/var/tmp/tc-services';
  const { unseal_keys_b64: keys } = JSON.parse(readFileSync(join(home, 'openbao', 'init.json'), 'utf8'));
  const put = (path: string, body: object) =>
    fetch(`${addressOf('openbao')}/v1/sys/${path}`, {
      method: 'PUT',
      headers: { 'x-vault-token': vaultToken() },
      body: JSON.stringify(body),
    });
  await put('seal', {});
  try {
    await work();
  } finally {
    await put('unseal', { key: keys[0] });
    await until(async () => (await fetch(`${addressOf('openbao')}/v1/sys/health`)).status === 200, 'Vault unsealed');
  }
}
