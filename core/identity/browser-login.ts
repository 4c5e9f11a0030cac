import type { Clock, Log } from '@task-connect/sdk';
import { declareProblem } from '@task-connect/sdk';
import { decodeJwt } from 'jose';
import type { Context } from 'koa';
import * as openid from 'openid-client';
import type { Database } from '../database/database.ts';
import { findAccountById } from './account-table.ts';
import type { Accounts } from './accounts.ts';
import { digestOf } from './digest.ts';
import type { Endings } from './endings.ts';
import type { Invitations } from './invitations.ts';
import type { Issuer } from './issuer.ts';
import { type LoginState, makeLoginState } from './login-state.ts';
import { returnPath } from './return-path.ts';
import type { CookieJar } from './session-cookie.ts';
import { longestDays, type Sessions } from './sessions.ts';
import { goTo, type PageHandler } from './site.ts';

// Sign-in of a browser: authorization code with PKCE, state and nonce, at whichever issuer. The browser gets a session
// cookie and never a token.

const SignInEnded = declareProblem({
  type: 'identity/sign-in-ended',
  status: 400,
  title: 'Begin again',
  detail: () => 'This sign-in was begun too long ago, or in another browser. Begin it again.',
});

const SignInRefused = declareProblem({
  type: 'identity/sign-in-refused',
  status: 403,
  title: 'You are not signed in',
  detail: (f: { reason: string }) => f.reason,
});

type Needs = {
  publicUrl: string;
  base: string;
  issuer: Issuer;
  issuerName: string;
  cookies: CookieJar;
  cookieKeys: () => readonly string[];
  database: Database;
  accounts: Accounts;
  sessions: Sessions;
  endings: Endings;
  invitations: Invitations;
  addressOf(ctx: Context): string;
  forgetSession(digest: string): void;
  clock: Clock;
  log: Log;
};

export type BrowserLogin = { begin: PageHandler; callback: PageHandler; end(ctx: Context): Promise<void> };

export function makeBrowserLogin(needs: Needs): BrowserLogin {
  const { publicUrl, base, issuer, cookies, database } = needs;
  const states = makeLoginState(needs);
  const redirectUri = `${publicUrl}/auth/callback`;

  async function tokensFor(ctx: Context, { state, nonce, verifier }: LoginState) {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    try {
      return await openid.authorizationCodeGrant(
        await issuer.client(),
        new URL(`${redirectUri}?${ctx.querystring}`),
        checks,
      );
    } catch (error) {
      if (error instanceof openid.AuthorizationResponseError && error.error === 'access_denied')
        throw new SignInRefused({ reason: 'The sign-in was ended before it was done.' });
      if (
        !(
          error instanceof openid.ClientError ||
          error instanceof openid.ResponseBodyError ||
          error instanceof openid.AuthorizationResponseError
        )
      )
        throw error;
      needs.log.info({ err: error }, 'A sign-in was refused');
      throw new SignInEnded({});
    }
  }

  async function welcome(ctx: Context, tokens: Awaited<ReturnType<typeof tokensFor>>) {
    const claims = tokens.claims()!;
    const invitation = cookies.read(ctx.headers, cookies.nameOf('invitation'));
    const before = cookies.read(ctx.headers, cookies.session);
    return database.transaction(async (tx) => {
      const person = await needs.accounts.ofSubject(tx, {
        issuer: needs.issuerName,
        subject: claims.sub,
        name: textOf(claims.name) ?? textOf(claims.preferred_username),
        address: textOf(claims.email),
        addressVerified: claims.email_verified === true,
      });
      const [account] = await tx.query(findAccountById, [person]);
      if (!account?.active)
        throw new SignInRefused({ reason: 'This account is not active. An administrator can make it so again.' });
      if (invitation) await needs.invitations.accept(tx, invitation, person);
      // The browser gets another session in its place; what it held before ends.
      if (before) await needs.sessions.endByDigest(tx, digestOf(before));
      const secret = await needs.sessions.begin(tx, {
        person,
        userAgent: ctx.get('user-agent'),
        address: needs.addressOf(ctx),
        idToken: tokens.id_token ?? null,
        providerSession: textOf(claims.sid) ?? sessionOf(tokens.access_token),
      });
      return { secret, invited: invitation !== undefined };
    });
  }

  return {
    async begin(ctx) {
      const { state, nonce, verifier, setCookies } = states.begin(
        ctx.headers,
        returnPath([ctx.query.return].flat()[0], publicUrl),
      );
      const url = openid.buildAuthorizationUrl(await issuer.client(), {
        redirect_uri: redirectUri,
        scope: issuer.scope,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      ctx.append('Set-Cookie', setCookies);
      goTo(ctx, url.href);
    },

    async callback(ctx) {
      const login = states.take(ctx.headers, [ctx.query.state].flat()[0]);
      if (!login) throw new SignInEnded({});
      const tokens = await tokensFor(ctx, login);
      const { secret, invited } = await welcome(ctx, tokens);
      ctx.append('Set-Cookie', states.clear(login.state));
      if (invited) ctx.append('Set-Cookie', cookies.clear(cookies.nameOf('invitation')));
      ctx.append('Set-Cookie', cookies.write(cookies.session, secret, longestDays * 86_400));
      goTo(ctx, login.returnTo);
    },

    async end(ctx) {
      cookies.refuseOtherSites(ctx);
      const secret = cookies.read(ctx.headers, cookies.session);
      const ended = secret && (await database.transaction((tx) => needs.endings.session(tx, digestOf(secret))));
      if (secret) needs.forgetSession(digestOf(secret));
      ctx.append('Set-Cookie', cookies.clear(cookies.session));
      ctx.set('Cache-Control', 'no-store');
      ctx.body = { location: (await endAtIssuer(ended ? ended.id_token : null)) ?? `${base}/` };
    },
  };

  /** Where another issuer ends its own session; the embedded one’s ended with ours. */
  async function endAtIssuer(idToken: string | null): Promise<string | undefined> {
    if (issuer.embedded || !idToken) return undefined;
    const client = await issuer.client().catch(() => undefined);
    if (!client?.serverMetadata().end_session_endpoint) return undefined;
    return openid.buildEndSessionUrl(client, { id_token_hint: idToken, post_logout_redirect_uri: `${publicUrl}/` })
      .href;
  }
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The embedded provider names its session in the access token. */
function sessionOf(accessToken: string): string | null {
  try {
    return textOf(decodeJwt(accessToken).sid) ?? null;
  } catch {
    return null;
  }
}
