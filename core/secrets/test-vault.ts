import { randomUUID } from 'node:crypto';
import { addressOf, vaultToken } from '../testing/real-servers.ts';

// A place of its own in the Vault of the environment, for a test: a mount, a policy, an AppRole.

export type TestVault = {
  url: string;
  mount: string;
  roleId: string;
  secretId: string;
  /** As the one who may do all. */
  admin(method: string, path: string, body?: object): Promise<Record<string, never>>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function admin(method: string, path: string, body?: object): Promise<Record<string, never>> {
  const response = await fetch(`${addressOf('openbao')}/v1/${path}`, {
    method,
    headers: { 'x-vault-token': vaultToken() },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Vault answered ${response.status} to ${method} ${path}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

/** `role` is added to the AppRole: times to live, say. `name` is the mount; one of chance when not given. */
export async function testVault(role: object = {}, name = `t${randomUUID().slice(0, 8)}`): Promise<TestVault> {
  await admin('POST', `sys/mounts/${name}`, { type: 'kv', options: { version: '2' } });
  await admin('PUT', `sys/policies/acl/${name}`, {
    policy: `path "${name}/*" { capabilities = ["create", "read", "update", "delete", "list"] }`,
  });
  if (!('approle/' in (await admin('GET', 'sys/auth')))) await admin('POST', 'sys/auth/approle', { type: 'approle' });
  await admin('POST', `auth/approle/role/${name}`, { token_policies: [name], token_ttl: '1m', ...role });
  const { role_id } = (await admin('GET', `auth/approle/role/${name}/role-id`)).data as unknown as { role_id: string };
  const { secret_id } = (await admin('POST', `auth/approle/role/${name}/secret-id`)).data as unknown as {
    secret_id: string;
  };
  return {
    url: addressOf('openbao'),
    mount: name,
    roleId: role_id,
    secretId: secret_id,
    admin,
    async [Symbol.asyncDispose]() {
      await admin('DELETE', `auth/approle/role/${name}`);
      await admin('DELETE', `sys/policies/acl/${name}`);
      await admin('DELETE', `sys/mounts/${name}`);
    },
  };
}
