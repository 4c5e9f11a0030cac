import type { Clock, Log } from '@task-connect/sdk';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../database/database.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import { embeddedIssuer } from './accounts.ts';
import { type BackChannel, makeBackChannel } from './back-channel.ts';
import type { Background } from './background.ts';
import { type EmbeddedProvider, makeEmbeddedProvider } from './embedded-provider.ts';
import { makeInProcessFetch } from './in-process-fetch.ts';
import { embeddedIssuerClient, type Issuer, otherIssuerClient } from './issuer.ts';
import { issuerKeys, ownKeys } from './issuer-keys.ts';
import { issuerSecret } from './issuer-secret.ts';
import { type KeycloakAdmin, makeKeycloakAdmin } from './keycloak-admin.ts';
import type { Pages } from './pages.ts';
import type { CookieJar } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import type { SigningKeys } from './signing-keys.ts';

export type IssuerParts = {
  issuer: Issuer;
  /** Under which its subjects are kept. */
  issuerName: string;
  /** That verify its access tokens. */
  keys: JWTVerifyGetKey;
  embedded: EmbeddedProvider | undefined;
  /** How another one is administered. */
  admin: KeycloakAdmin | undefined;
};

/** The one place where it matters whether people sign in here or elsewhere. */
export function makeIssuerParts(needs: {
  settings: Pick<Settings, 'publicUrl' | 'oidcIssuer' | 'oidcBackChannelUrl' | 'oidcClientId' | 'oidcAudience'>;
  base: string;
  signingKeys: SigningKeys;
  secrets: SecretStore;
  database: Database;
  sessions: Sessions;
  cookies: CookieJar;
  pages: Pages;
  clock: Clock;
  log: Log;
  background: Background;
  /** Told why the issuer does not let us manage its people; undefined: it does. */
  refusedAsAdmin(reason: string | undefined): void;
}): IssuerParts {
  const { settings, signingKeys, secrets, log } = needs;
  const { publicUrl, oidcIssuer: url, oidcClientId: clientId } = settings;

  if (url === undefined) {
    const embedded = makeEmbeddedProvider({ ...needs, keys: signingKeys, background: needs.background.run });
    return {
      issuer: embeddedIssuerClient({
        publicUrl,
        clientId,
        fetch: makeInProcessFetch((req, res) => void embedded.handle(req, res)),
      }),
      issuerName: embeddedIssuer,
      keys: ownKeys(signingKeys),
      embedded,
      admin: undefined,
    };
  }

  const backChannel = makeBackChannel({ issuer: url, address: settings.oidcBackChannelUrl });
  const issuer = otherIssuerClient({
    url,
    clientId,
    clientSecret: async () => (await issuerSecret(secrets)).clientSecret,
    backChannel,
    log,
  });
  return {
    issuer,
    issuerName: url,
    keys: issuerKeys({ load: () => fetchKeys(issuer, backChannel), log }),
    embedded: undefined,
    admin: makeKeycloakAdmin({
      issuer: url,
      clientId,
      secret: () => issuerSecret(secrets),
      backChannel,
      refused: needs.refusedAsAdmin,
    }),
  };
}

async function fetchKeys(issuer: Issuer, backChannel: BackChannel): Promise<JSONWebKeySet> {
  const { jwks_uri: address } = (await issuer.client()).serverMetadata();
  if (!address) throw new Error('The issuer names no jwks_uri.');
  const answer = await backChannel.fetch(address, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`The issuer’s keys answer ${answer.status}.`);
  return (await answer.json()) as JSONWebKeySet;
}
