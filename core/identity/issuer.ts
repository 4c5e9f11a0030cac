import { type Log, Unavailable } from '@task-connect/sdk';
import * as openid from 'openid-client';
import type { Fetch } from './in-process-fetch.ts';
import { openidScopes } from './provider-configuration.ts';

// The issuer as its client sees it: the embedded provider, reached within this process, or another one by its address.
// Nothing but these settings differs between the two.

export type Issuer = {
  embedded: boolean;
  url: string;
  /** Throws a 503 while another issuer cannot be reached; asks it again the next time. */
  client(): Promise<openid.Configuration>;
  scope: string;
};

export function embeddedIssuerClient(needs: { publicUrl: string; clientId: string; fetch: Fetch }): Issuer {
  const { publicUrl, clientId } = needs;
  const metadata: openid.ServerMetadata = {
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/oidc/auth`,
    token_endpoint: `${publicUrl}/oidc/token`,
    jwks_uri: `${publicUrl}/oidc/jwks`,
    end_session_endpoint: `${publicUrl}/oidc/session/end`,
    authorization_response_iss_parameter_supported: true,
  };
  const client = new openid.Configuration(metadata, clientId, { id_token_signed_response_alg: 'ES256' }, openid.None());
  client[openid.customFetch] = needs.fetch as openid.CustomFetch;
  if (publicUrl.startsWith('http:')) openid.allowInsecureRequests(client);
  return { embedded: true, url: publicUrl, client: async () => client, scope: openidScopes };
}

export function otherIssuerClient(needs: {
  url: string;
  clientId: string;
  clientSecret: () => Promise<string | undefined>;
  log: Log;
}): Issuer {
  let known: Promise<openid.Configuration> | undefined;

  async function discover(): Promise<openid.Configuration> {
    const secret = await needs.clientSecret();
    const how = secret === undefined ? openid.None() : openid.ClientSecretPost(secret);
    const execute = [openid.enableNonRepudiationChecks];
    if (needs.url.startsWith('http:')) execute.push(openid.allowInsecureRequests);
    return openid.discovery(new URL(needs.url), needs.clientId, undefined, how, { execute, timeout: 10 });
  }

  return {
    embedded: false,
    url: needs.url,
    scope: 'openid profile email',
    client() {
      known ??= discover().catch((error) => {
        known = undefined;
        needs.log.warn({ err: error }, 'The issuer does not answer');
        throw new Unavailable({ detail: 'The place to sign in at does not answer. Try again soon.', retryAfter: 5 });
      });
      return known;
    },
  };
}
