import { development, makeRealm } from '../keycloak/make-realm.ts';
import { addresses, keycloakAdmin, platformUrl, seen } from './servers.ts';

// The development realm in Keycloak, imported once by its admin API; one that is there is left as it is.
// Source: https://www.keycloak.org/docs-api/latest/rest-api/index.html

async function adminToken(): Promise<string> {
  const answer = await fetch(`${addresses.keycloak}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...keycloakAdmin }),
  });
  if (!answer.ok)
    throw new Error(`Keycloak does not let its administrator in: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

export async function prepareRealm(): Promise<'made' | 'there'> {
  const headers = { Authorization: `Bearer ${await adminToken()}`, 'Content-Type': 'application/json' };
  const values = { ...development.values, TASK_CONNECT_URL: platformUrl, REALM_LOGOUT_URL: seen.keycloakSees };
  const realm = makeRealm(values, development.users);
  const found = await fetch(`${addresses.keycloak}/admin/realms/${realm.realm}`, { headers });
  if (found.ok) return 'there';
  const made = await fetch(`${addresses.keycloak}/admin/realms`, {
    method: 'POST',
    headers,
    body: JSON.stringify(realm),
  });
  if (!made.ok) throw new Error(`Keycloak does not take the realm: ${made.status} ${await made.text()}`);
  return 'made';
}

export const issuer = `${addresses.keycloak}/realms/task-connect`;

/** The secret services/keycloak-secrets. */
export const realmSecrets = {
  clientSecret: development.values.REALM_CLIENT_SECRET!,
  adminClientId: 'task-connect-admin',
  adminClientSecret: development.values.REALM_ADMIN_CLIENT_SECRET!,
};
