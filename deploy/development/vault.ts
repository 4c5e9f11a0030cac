import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addresses, home } from './servers.ts';

// The Vault of development: initialised with one key, unsealed with it, an engine and an AppRole. The key lies beside the
// settings of development, so whoever reads this folder reads all secrets: that is what “for development” means.
// Source: https://developer.hashicorp.com/vault/api-docs/system/init, …/secret/kv/kv-v2, …/auth/approle

const keyFile = join(home, 'openbao', 'init.json');

type Answer = { data?: Record<string, unknown> } & Record<string, unknown>;

/** Asks below /v1; undefined where there is nothing (404). */
export async function askVault(
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<Answer | undefined> {
  const answer = await fetch(`${addresses.vault}/v1/${path}`, {
    method,
    headers: { 'X-Vault-Token': token, 'X-Vault-Request': 'true' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`Vault answered ${answer.status} to ${method} ${path}: ${text.trim()}`);
  return text === '' ? {} : (JSON.parse(text) as Answer);
}

/** Initialises it once, and unseals it if need be; the token that may do all. */
export async function unsealed(): Promise<string> {
  const status = (await askVault('', 'GET', 'sys/seal-status'))!;
  if (!status.initialized) {
    const made = (await askVault('', 'PUT', 'sys/init', { secret_shares: 1, secret_threshold: 1 }))!;
    mkdirSync(join(home, 'openbao'), { recursive: true, mode: 0o700 });
    const kept = { unseal_keys_b64: made.keys_base64, root_token: made.root_token };
    writeFileSync(keyFile, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  }
  const { unseal_keys_b64: keys, root_token: token } = readKeys();
  if (!status.initialized || status.sealed) await askVault('', 'PUT', 'sys/unseal', { key: keys[0] });
  // Sealed a moment ago, it elects itself first.
  for (let tries = 0; ; tries += 1) {
    const health = await fetch(`${addresses.vault}/v1/sys/health`);
    if (health.ok) return token;
    if (tries === 150) throw new Error(`Vault does not become active: it answers ${health.status}.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
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

/** The engine and an AppRole that may use all of it; its role id and a secret id, made once. */
export async function prepareVault(token: string, kept: { vaultRoleId?: string; vaultSecretId?: string }) {
  const ask = (method: string, path: string, body?: object) => askVault(token, method, path, body);
  const mounts = (await ask('GET', 'sys/mounts'))!.data!;
  if (!('secret/' in mounts)) await ask('POST', 'sys/mounts/secret', { type: 'kv', options: { version: '2' } });
  const methods = (await ask('GET', 'sys/auth'))!.data!;
  if (!('approle/' in methods)) await ask('POST', 'sys/auth/approle', { type: 'approle' });
  await ask('PUT', 'sys/policies/acl/development', {
    policy: 'path "secret/*" { capabilities = ["create", "read", "update", "delete", "list"] }',
  });
  await ask('POST', 'auth/approle/role/development', {
    token_policies: ['development'],
    token_ttl: '1h',
    token_max_ttl: '24h',
  });
  const role = (await ask('GET', 'auth/approle/role/development/role-id'))!.data as { role_id: string };
  const login = { role_id: role.role_id, secret_id: kept.vaultSecretId };
  if (kept.vaultRoleId === role.role_id && (await askVault('', 'POST', 'auth/approle/login', login).catch(() => false)))
    return { vaultRoleId: role.role_id, vaultSecretId: kept.vaultSecretId! };
  const made = (await ask('POST', 'auth/approle/role/development/secret-id', {}))!.data as { secret_id: string };
  return { vaultRoleId: role.role_id, vaultSecretId: made.secret_id };
}

type Secret = Record<string, string | number>;

/** Writes it unless it says just that already, so that its version changes with its content alone. */
export async function keepSecret(token: string, path: string, value: Secret): Promise<void> {
  const before = await readSecret(token, path);
  const isSame = before && JSON.stringify(sorted(before)) === JSON.stringify(sorted(value));
  if (!isSame) await askVault(token, 'POST', `secret/data/${path}`, { data: value });
}

export async function readSecret(token: string, path: string): Promise<Secret | undefined> {
  return ((await askVault(token, 'GET', `secret/data/${path}`))?.data as { data?: Secret } | undefined)?.data;
}

const sorted = (value: Secret) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
