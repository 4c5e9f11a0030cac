import type { Log } from '@task-connect/sdk';
import * as openid from 'openid-client';
import { type BackChannel, isIssuerAway, issuerAway, patience } from './back-channel.ts';
import type { Fetch } from './in-process-fetch.ts';
import { openidScopes } from './provider-configuration.ts';

// The issuer as its client sees it: the embedded provider, reached within this process, or another one by its address.
// Nothing but these settings differs between the two.

export type Issuer = {
  embedded: boolean;
  url: string;
  /** As it was last known. Throws a 503 while another issuer was never reached; asks it again the next time. */
  client(): Promise<openid.Configuration>;
  /** As it answered within the last seconds. Throws a 503 when it does not: nobody is sent to a place that is away. */
  answering(): Promise<openid.Configuration>;
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
  const made = async () => client;
  return { embedded: true, url: publicUrl, client: made, answering: made, scope: openidScopes };
}

const answerServes = 3_000;

export function otherIssuerClient(needs: {
  url: string;
  clientId: string;
  /** Read with each look, so that a new one counts without a restart. */
  clientSecret: () => Promise<string>;
  backChannel: BackChannel;
  log: Log;
  now?: () => number;
}): Issuer {
  const { backChannel, log, now = () => performance.now() } = needs;
  let known: openid.Configuration | undefined;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<openid.Configuration> | undefined;

  async function discover(): Promise<openid.Configuration> {
    const secret = await needs.clientSecret();
    const found = await openid.discovery(
      new URL(needs.url),
      needs.clientId,
      { [openid.clockTolerance]: 30 },
      openid.ClientSecretPost(secret),
      {
        [openid.customFetch]: backChannel.fetch as openid.CustomFetch,
        execute: backChannel.plain ? [openid.allowInsecureRequests] : [],
        timeout: patience / 1000,
      },
    );
    if (!known) log.info({ issuer: needs.url }, 'The issuer answers');
    return found;
  }

  function look(): Promise<openid.Configuration> {
    looking ??= discover()
      .then((found) => {
        answeredAt = now();
        known = found;
        return found;
      })
      .catch((error) => {
        log.warn({ err: error }, 'The issuer does not answer');
        throw isIssuerAway(error) ? issuerAway() : error;
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  return {
    embedded: false,
    url: needs.url,
    scope: 'openid profile email',
    client: async () => known ?? look(),
    answering: async () => (known && now() - answeredAt < answerServes ? known : look()),
  };
}
