import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import type { Configuration, Provider } from 'oidc-provider';
import { loadProvider } from './provider.ts';

export type IssuerPerson = { sub: string; name: string; email: string; email_verified: boolean };

/** An OpenID Provider that is not ours, at which whoever comes is signed in as `person`. */
export async function anIssuer() {
  const world = { person: undefined as IssuerPerson | undefined, away: false };
  let provider: Provider;
  const server = createServer((req, res) => {
    if (world.away) return void res.destroy();
    if (req.url!.startsWith('/sign-in/')) {
      const login = { accountId: world.person!.sub };
      return void provider.interactionFinished(req, res, { login });
    }
    void provider.callback()(req, res);
  });
  // Before anything is waited for: what is shared with other tests would lead this to the first of them.
  after(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { Provider: Made } = await loadProvider();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    world,
    url,
    /** Knows a platform as its client, and issues access tokens for its API. */
    register(publicUrl: string, audience: string) {
      const configuration: Configuration = {
        clients: [
          {
            client_id: 'task-connect',
            token_endpoint_auth_method: 'client_secret_post',
            client_secret: 'not told',
            redirect_uris: [`${publicUrl}/auth/callback`],
            post_logout_redirect_uris: [`${publicUrl}/`],
          },
        ],
        cookies: { keys: ['x'] },
        claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
        conformIdTokenClaims: false,
        ttl: { Interaction: 60, Grant: 600, Session: 600, AccessToken: 60, IdToken: 60 },
        pkce: { required: () => true },
        interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
        findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ ...world.person!, sub: id }) }),
        async loadExistingGrant(ctx) {
          const { client, session, provider: its } = ctx.oidc;
          const grant = new its.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
          grant.addOIDCScope('openid profile email');
          await grant.save();
          return grant;
        },
        extraTokenClaims: () => ({ name: world.person!.name, email: world.person!.email }),
        features: {
          devInteractions: { enabled: false },
          resourceIndicators: {
            enabled: true,
            defaultResource: () => 'https://api.example/',
            useGrantedResource: () => true,
            getResourceServerInfo: () => ({ scope: '', audience, accessTokenFormat: 'jwt' }),
          },
        },
      };
      // It warns of its in-memory store and keys, which are what a test wants.
      const { warn } = globalThis.console;
      globalThis.console.warn = () => undefined;
      provider = new Made(url, configuration);
      globalThis.console.warn = warn;
    },
  };
}
