import type { SecretStore } from '../secrets/secrets.ts';

// What we are known by at another issuer. Read each time, so that a new secret counts without a restart.

export type IssuerSecret = { clientSecret: string; adminClientId?: string; adminClientSecret?: string };

const path = 'services/keycloak-secrets';

export async function issuerSecret(secrets: SecretStore): Promise<IssuerSecret> {
  const { clientSecret, adminClientId, adminClientSecret } = (await secrets.read(path))?.value ?? {};
  if (!clientSecret)
    throw new Error(
      `The secret ${path} {clientSecret, adminClientId?, adminClientSecret?} is missing, and TC_OIDC_ISSUER needs it. Write it: npm run task-connect -- secret set ${path} clientSecret=…`,
    );
  return {
    clientSecret: String(clientSecret),
    ...(adminClientId ? { adminClientId: String(adminClientId) } : {}),
    ...(adminClientSecret ? { adminClientSecret: String(adminClientSecret) } : {}),
  };
}
