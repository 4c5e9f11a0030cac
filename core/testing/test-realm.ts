import { development, makeRealm } from '../../deploy/keycloak/make-realm.ts';
import { addressOf } from './real-servers.ts';

// Realms of tests at the Keycloak of the environment, made from the file that production imports.

/** What services/keycloak-secrets holds for such a realm. */
export const realmSecrets = {
  clientSecret: 'a secret of tests',
  adminClientId: 'task-connect-admin',
  adminClientSecret: 'another',
};

async function adminToken(): Promise<string> {
  const { KEYCLOAK_ADMIN: username = 'admin', KEYCLOAK_ADMIN_PASSWORD: password = 'admin' } = process.env;
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username, password });
  const url = `${addressOf('keycloak')}/realms/master/protocol/openid-connect/token`;
  const answer = await fetch(url, { method: 'POST', body });
  if (answer.status !== 200) throw new Error(`Keycloak’s administrator cannot sign in: ${answer.status}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The admin API, below /admin/realms. */
export async function admin<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${await adminToken()}`, 'content-type': 'application/json' };
  const answer = await fetch(`${addressOf('keycloak')}/admin/realms${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Imports one for a platform at this address; `values` fills the file, `more` is added to what comes of it. */
export const importRealm = (
  name: string,
  publicUrl: string,
  values: Record<string, string> = {},
  more: object = {},
): Promise<void> => {
  const realm = makeRealm({
    ...development.values,
    REALM_NAME: name,
    TASK_CONNECT_URL: publicUrl,
    REALM_LOGOUT_URL: publicUrl,
    REALM_CLIENT_SECRET: realmSecrets.clientSecret,
    REALM_ADMIN_CLIENT_SECRET: realmSecrets.adminClientSecret,
    ...values,
  });
  return admin('POST', '', { ...realm, ...more });
};
