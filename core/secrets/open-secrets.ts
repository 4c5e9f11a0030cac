import { readFile } from 'node:fs/promises';
import type { Clock, Log } from '@task-connect/sdk';
import type { Settings } from '../config/settings.ts';
import { openFileSecrets } from './file-secrets.ts';
import { type SecretStore, SecretsError } from './secrets.ts';
import { openVaultSecrets } from './vault-secrets.ts';

/**
 * The store that the settings name: a Vault, else the file in the data folder. A Vault that is away or sealed is waited
 * for, as long as it takes, or with `waits: false` a SecretsError at once.
 */
export async function openSecrets(needs: {
  settings: Settings;
  clock: Clock;
  log: Log;
  waits: boolean;
  /** Ends the waiting. */
  signal?: AbortSignal | undefined;
  /** Hears what is waited for. */
  tell?: ((reason: string) => void) | undefined;
}): Promise<SecretStore & Disposable> {
  const { data, masterKey, vaultUrl, vaultMount, vaultRoleId, vaultSecretId, vaultCa } = needs.settings;
  if (!vaultUrl) {
    const store = await openFileSecrets({ folder: data, masterKey, clock: needs.clock });
    return { ...store, [Symbol.dispose]: () => undefined };
  }
  if (!vaultRoleId || !vaultSecretId) {
    throw new SecretsError(
      'TC_VAULT_URL is given without a login: give TC_VAULT_ROLE_ID and TC_VAULT_SECRET_ID, or files with them in TC_VAULT_ROLE_ID_FILE and TC_VAULT_SECRET_ID_FILE.',
    );
  }
  return openVaultSecrets({
    url: vaultUrl.replace(/\/+$/, ''),
    mount: vaultMount,
    roleId: vaultRoleId,
    secretId: vaultSecretId,
    ca: vaultCa === undefined ? undefined : await authority(vaultCa),
    log: needs.log,
    waits: needs.waits,
    signal: needs.signal,
    tell: needs.tell,
  });
}

const authority = (path: string) =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SecretsError(`TC_VAULT_CA names ${path}, which cannot be read (${error.code}).`);
  });
