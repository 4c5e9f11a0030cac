import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFiles, ensureRole } from '../vault/app-roles.ts';
import { parseProcess, policies, policiesOf } from '../vault/policies.ts';
import { makeAsk, untilItAnswers } from '../vault/vault-api.ts';
import { addresses, home } from './servers.ts';

// The Vault of development: initialised with one key, unsealed with it, an engine and AppRoles. The key and the root token lie beside the
// settings of development, so whoever reads this folder reads all secrets: that is what “for development” means.
// Source: https://developer.hashicorp.com/vault/api-docs/system/init, …/secret/kv/kv-v2, …/auth/approle

const keyFile = join(home, 'openbao', 'init.json');

/** Initialises it once, and unseals it if need be; the token that may do all. */
export async function unsealed(): Promise<string> {
  const ask = makeAsk(addresses.vault);
  const status = (await ask<{ initialized: boolean; sealed: boolean }>('GET', 'sys/seal-status'))!;
  if (!status.initialized) {
    const made = (await ask('PUT', 'sys/init', { secret_shares: 1, secret_threshold: 1 }))!;
    mkdirSync(join(home, 'openbao'), { recursive: true, mode: 0o700 });
    const kept = { unseal_keys_b64: made.keys_base64, root_token: made.root_token };
    writeFileSync(keyFile, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  }
  const { unseal_keys_b64: keys, root_token: token } = readKeys();
  if (!status.initialized || status.sealed) await ask('PUT', 'sys/unseal', { key: keys[0] });
  // Sealed a moment ago, it elects itself first.
  await untilItAnswers(() => ask('GET', 'sys/health'));
  return token;
}

export function readKeys(): { unseal_keys_b64: [string]; root_token: string } {
  try {
    return JSON.parse(readFileSync(keyFile, 'utf8'));
  } catch {
    throw new Error(
      `Vault was initialised before, and its key is not in ${keyFile}. Put that file back, or begin anew: ./start-databases.sh reset.`,
    );
  }
}

/** The processes of compose.app.yml and compose.services.yml, each with the plugins whose secrets it may read. */
const processes = [
  'administration=*',
  'user-service=users,platform',
  'task-service=tasks',
  'notification-service=notifications',
].map(parseProcess);

/** The engine, and for each process its policies and an AppRole in two files; gives where those of `administration` are. */
export async function prepareVault(token: string): Promise<{ vaultRoleId: string; vaultSecretId: string }> {
  const ask = makeAsk(addresses.vault, token);
  const mounts = await ask<{ data: object }>('GET', 'sys/mounts');
  if (!('secret/' in mounts!.data)) await ask('POST', 'sys/mounts/secret', { type: 'kv', options: { version: '2' } });
  const methods = await ask<{ data: object }>('GET', 'sys/auth');
  if (!('approle/' in methods!.data)) await ask('POST', 'sys/auth/approle', { type: 'approle' });
  for (const [name, policy] of policies('secret', processes, {}))
    await ask('PUT', `sys/policies/acl/${name}`, { policy });
  const folder = join(home, 'app-roles');
  // The image runs as the user 1000; only root can give the files to it.
  const owner = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : undefined;
  for (const one of processes) {
    await ensureRole(ask, one.name, policiesOf(one));
    await ensureFiles(ask, { folder, name: one.name, renew: false, owner });
  }
  const file = (name: string) => readFileSync(join(folder, 'administration', name), 'utf8');
  return { vaultRoleId: file('role-id'), vaultSecretId: file('secret-id') };
}

type Secret = Record<string, string | number>;

/** Writes it unless it says just that already, so that its version changes with its content alone. */
export async function keepSecret(token: string, path: string, value: Secret): Promise<void> {
  const before = await readSecret(token, path);
  const isSame = before && JSON.stringify(sorted(before)) === JSON.stringify(sorted(value));
  if (!isSame) await makeAsk(addresses.vault, token)('POST', `secret/data/${path}`, { data: value });
}

export async function readSecret(token: string, path: string): Promise<Secret | undefined> {
  const answer = await makeAsk(addresses.vault, token)<{ data: { data: Secret } }>('GET', `secret/data/${path}`);
  return answer?.data.data;
}

const sorted = (value: Secret) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
