import { chownSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './key-file.ts';
import type { Ask } from './vault-api.ts';

// An AppRole and the two files by which a process logs in with it. Done again it changes nothing.
// Source: https://developer.hashicorp.com/vault/api-docs/auth/approle

export type Owner = { uid: number; gid: number };

// A token that was stolen is of use for a day at the longest. The secret id has no end: a process that runs for months
// logs in with it every day. --new-secret-ids replaces it.
const life = { token_ttl: 3600, token_max_ttl: 86_400, secret_id_ttl: 0, secret_id_num_uses: 0 };

/** Whether something was changed. */
export async function ensureRole(ask: Ask, name: string, policies: readonly string[], own = life): Promise<boolean> {
  const found = (await ask<{ data: Record<string, unknown> }>('GET', `auth/approle/role/${name}`))?.data;
  const wanted: Record<string, unknown> = { ...own, token_policies: [...policies].sort(), bind_secret_id: true };
  const kept = { ...found, token_policies: [...((found?.token_policies as string[]) ?? [])].sort() };
  const same = Object.entries(wanted).every(
    ([field, value]) => JSON.stringify(kept[field as keyof typeof kept]) === JSON.stringify(value),
  );
  if (same) return false;
  await ask('POST', `auth/approle/role/${name}`, wanted);
  return true;
}

export async function roleIdOf(ask: Ask, name: string): Promise<string> {
  return (await ask<{ data: { role_id: string } }>('GET', `auth/approle/role/${name}/role-id`))!.data.role_id;
}

export async function newSecretId(ask: Ask, name: string): Promise<string> {
  return (await ask<{ data: { secret_id: string } }>('POST', `auth/approle/role/${name}/secret-id`, {}))!.data
    .secret_id;
}

/** Files `role-id` and `secret-id` in the folder of the process; a secret id that is good stays. */
export async function ensureFiles(
  ask: Ask,
  given: { folder: string; name: string; renew: boolean; owner?: Owner | undefined },
): Promise<boolean> {
  const { folder, name, renew, owner } = given;
  const path = (file: string) => join(folder, name, file);
  const current = (file: string) => (existsSync(path(file)) ? readFileSync(path(file), 'utf8') : undefined);
  const write = (file: string, content: string) => {
    writePrivate(path(file), content);
    if (owner) for (const each of [path(file), join(folder, name)]) chownSync(each, owner.uid, owner.gid);
  };
  const roleId = await roleIdOf(ask, name);
  const secretId = current('secret-id');
  const isGood = secretId !== undefined && (await isKnown(ask, name, secretId));
  if (isGood && !renew && current('role-id') === roleId) return false;
  write('role-id', roleId);
  if (isGood && !renew) return true;
  write('secret-id', await newSecretId(ask, name));
  // After the new one is on disk: killed in between, one too many is better than none.
  if (isGood) await ask('POST', `auth/approle/role/${name}/secret-id/destroy`, { secret_id: secretId });
  return true;
}

/** Vault answers with nothing where it does not know it. */
async function isKnown(ask: Ask, name: string, secretId: string): Promise<boolean> {
  const answer = await ask('POST', `auth/approle/role/${name}/secret-id/lookup`, { secret_id: secretId });
  return answer !== undefined && 'data' in answer;
}
