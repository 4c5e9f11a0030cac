import { ensureFiles, ensureRole, newSecretId, type Owner, roleIdOf } from './app-roles.ts';
import { writeKeys } from './key-file.ts';
import { openVault } from './open-vault.ts';
import { type Process, policies, policiesOf, type Reads, setUpName } from './policies.ts';
import type { Ask } from './vault-api.ts';

// Brings Vault to what Task Connect needs, from any state, and says what it did: nothing, the second time.

export type SetUp = {
  url: string;
  keyFile: string;
  /** Where each process gets a folder with its role-id and secret-id. */
  folder: string;
  mount: string;
  processes: readonly Process[];
  reads: Reads;
  auditFile: string;
  renewSecretIds: boolean;
  owner?: Owner | undefined;
};

/** A sentence for each change. */
export async function setUpVault(given: SetUp): Promise<string[]> {
  const { ask, keys, done } = await openVault(given);
  const note = (isDone: boolean, what: string) => void (isDone && done.push(what));
  note(await ensureEngine(ask, given.mount), `KV version 2 enabled at ${given.mount}`);
  if (keys.rootToken) note(await ensureAppRole(ask), 'AppRole enabled');
  note(await ensureAudit(ask, given.auditFile), `audit log enabled in ${given.auditFile}`);
  for (const [name, text] of policies(given.mount, given.processes, given.reads))
    note(await ensurePolicy(ask, name, text), `policy ${name} written`);
  for (const process of given.processes) {
    const { name } = process;
    note(await ensureRole(ask, name, policiesOf(process)), `AppRole ${name} written`);
    const files = { folder: given.folder, name, renew: given.renewSecretIds, owner: given.owner };
    note(await ensureFiles(ask, files), `role-id and secret-id of ${name} written`);
  }
  if (keys.rootToken) {
    const short = { token_ttl: 600, token_max_ttl: 600, secret_id_ttl: 0, secret_id_num_uses: 0 };
    await ensureRole(ask, setUpName, [setUpName], short);
    const setUp = { roleId: await roleIdOf(ask, setUpName), secretId: await newSecretId(ask, setUpName) };
    // Both until the root token is revoked: killed in between, the next run goes on from here.
    writeKeys(given.keyFile, { ...keys, setUp });
    await ask('POST', 'auth/token/revoke-self');
    writeKeys(given.keyFile, { unsealKey: keys.unsealKey, setUp });
    done.push('root token revoked');
  } else {
    await ask('POST', 'auth/token/revoke-self');
  }
  return done;
}

type Mounts = { data: Record<string, { type: string; options: { version?: string } | null }> };

async function ensureEngine(ask: Ask, mount: string): Promise<boolean> {
  const found = (await ask<Mounts>('GET', 'sys/mounts'))!.data[`${mount}/`];
  if (found?.type === 'kv' && found.options?.version === '2') return false;
  if (found)
    throw new Error(`At ${mount} is an engine of another kind (${found.type}). Choose another place with --mount.`);
  await ask('POST', `sys/mounts/${mount}`, { type: 'kv', options: { version: '2' } });
  return true;
}

async function ensureAppRole(ask: Ask): Promise<boolean> {
  if ('approle/' in (await ask<Mounts>('GET', 'sys/auth'))!.data) return false;
  await ask('POST', 'sys/auth/approle', { type: 'approle' });
  return true;
}

/** OpenBao has it from its configuration, and makes none by request. */
async function ensureAudit(ask: Ask, file: string): Promise<boolean> {
  const found = (await ask<{ data: object }>('GET', 'sys/audit'))!.data;
  if (Object.keys(found).length > 0) return false;
  await ask('PUT', 'sys/audit/file', { type: 'file', options: { file_path: file } });
  return true;
}

async function ensurePolicy(ask: Ask, name: string, policy: string): Promise<boolean> {
  const found = await ask<{ data: { policy: string } }>('GET', `sys/policies/acl/${name}`);
  if (found?.data.policy === policy) return false;
  await ask('PUT', `sys/policies/acl/${name}`, { policy });
  return true;
}
