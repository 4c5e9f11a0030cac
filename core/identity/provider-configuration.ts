import type { Log } from '@task-connect/sdk';
import type { AdapterFactory, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { Html } from './html.ts';
import type { Pages } from './pages.ts';
import type { KeySet } from './signing-keys.ts';

// How oidc-provider is set up here: our pages, our accounts, and one client, ourselves.

export type ProviderModule = typeof import('oidc-provider');

export type ProviderAccount = {
  id: string;
  name: string;
  address: string | null;
  verified: boolean;
  zone: string;
  locale: string;
};

export type ProviderNeeds = {
  publicUrl: string;
  base: string;
  keys: KeySet;
  adapter: AdapterFactory;
  clientId: string;
  audience: string;
  cookieNames: { session: string; interaction: string; resume: string };
  pages: Pages;
  /** Of an active account. */
  findAccount(id: string): Promise<ProviderAccount | undefined>;
  /** A session of the provider was ended by its own page. */
  ended(providerSession: string): void;
  log: Log;
};

const day = 24 * 60 * 60;
export const openidScopes = 'openid profile email offline_access';

export function providerConfiguration(module: ProviderModule, needs: ProviderNeeds): Configuration {
  const { publicUrl, base, pages, clientId } = needs;
  // A resource has to be a URL; what tokens name is the audience, which may be any word.
  const resource = `${publicUrl}/api`;
  const cookie = { httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') } as const;

  return {
    adapter: needs.adapter,
    jwks: { keys: needs.keys.signing as never },
    cookies: {
      keys: [...needs.keys.cookies],
      names: needs.cookieNames,
      long: { ...cookie, path: `${base}/oidc` },
      short: cookie,
    },
    clients: [
      {
        client_id: clientId,
        client_name: 'Task Connect',
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${publicUrl}/auth/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    pkce: { required: () => true },
    scopes: openidScopes.split(' '),
    claims: { openid: ['sub'], profile: ['name', 'zoneinfo', 'locale'], email: ['email', 'email_verified'] },
    ttl: {
      AccessToken: 900,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 3600,
      Session: 14 * day,
      Grant: 14 * day,
      RefreshToken: 14 * day,
    },
    interactions: {
      policy: policyOf(module),
      url: (_ctx, interaction) => `${base}/oidc/interaction/${interaction.uid}`,
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          ctx.body = pages.signOut({ form: new Html(form) });
        },
        postLogoutSuccessSource(ctx) {
          ctx.body = pages.notice({ title: 'Signed out', lead: 'This browser holds no session any more.' });
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, indicator) {
          if (indicator !== resource) throw new module.errors.InvalidTarget();
          return {
            scope: 'api',
            audience: needs.audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 900,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
    // The grant ends access tokens before their time; the session tells our own session what to end with it.
    extraTokenClaims: (_ctx, token) =>
      token.kind === 'AccessToken'
        ? { grant_id: token.grantId, sid: (token as { sessionUid?: string }).sessionUid }
        : {},
    async findAccount(_ctx, id) {
      const account = await needs.findAccount(id);
      return (
        account && {
          accountId: account.id,
          claims: async () => ({
            sub: account.id,
            name: account.name,
            zoneinfo: account.zone,
            locale: account.locale,
            ...(account.address === null ? {} : { email: account.address, email_verified: account.verified }),
          }),
        }
      );
    },
    loadExistingGrant: (ctx) => grantToOurselves(ctx, resource),
    async renderError(ctx, { error, error_description: description }) {
      ctx.type = 'html';
      ctx.body = pages.notice({
        title: 'This cannot go on',
        lead: `${error === 'server_error' ? 'Something failed here.' : sentence(description ?? error)} Begin again.`,
      });
    },
  };
}

function policyOf({ interactionPolicy }: ProviderModule) {
  const { Check, base: usualPolicy } = interactionPolicy;
  const policy = usualPolicy();
  // A session outlives the account that was deactivated; without this the provider would fail on it.
  policy
    .get('login')!
    .checks.add(
      new Check('account_gone', 'the account of this session is not active', (ctx) =>
        ctx.oidc.session?.accountId && !ctx.oidc.account ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
      ),
    );
  return policy;
}

async function grantToOurselves(ctx: KoaContextWithOIDC, resource: string) {
  const { client, session, provider, result } = ctx.oidc;
  const id = result?.consent?.grantId ?? session!.grantIdFor(client!.clientId);
  const known = id ? await provider.Grant.find(id) : undefined;
  if (known && known.accountId === session!.accountId) return known;
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
  grant.addOIDCScope(openidScopes);
  grant.addResourceScope(resource, 'api');
  await grant.save();
  return grant;
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
