import type { Clock, Log } from '@task-connect/sdk';
import { declareProblem } from '@task-connect/sdk';
import { decodeJwt, errors } from 'jose';
import type { Context } from 'koa';
import * as openid from 'openid-client';
import type { Database } from '../database/database.ts';
import { findAccountById } from './account-table.ts';
import type { Accounts } from './accounts.ts';
import { isIssuerAway, issuerAway } from './back-channel.ts';
import { digestOf } from './digest.ts';
import type { Endings } from './endings.ts';
import type { GivenRights } from './given-rights.ts';
import type { Invitations } from './invitations.ts';
import type { Issuer } from './issuer.ts';
import { readClaims, textOf } from './issuer-claims.ts';
import type { IssuerSessions } from './issuer-session.ts';
import { type LoginState, makeLoginState } from './login-state.ts';
import type { Recorded } from './recorded.ts';
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
  clientId: string;
  issuer: Issuer;
  issuerName: string;
  cookies: CookieJar;
  cookieKeys: () => readonly string[];
  database: Database;
  accounts: Accounts;
  sessions: Sessions;
  endings: Endings;
  /** With another issuer. */
  issuerSessions: IssuerSessions | undefined;
  rights: GivenRights;
  recorded: Recorded;
  invitations: Invitations;
  addressOf(ctx: Context): string;
  forgetSession(digest: string): void;
  clock: Clock;
  log: Log;
};

export type BrowserLogin = {
  begin: PageHandler;
  callback: PageHandler;
  end(ctx: Context): Promise<void>;
  /** Pages of another issuer, where an account is made and changed (Keycloak’s names of them). */
  register: PageHandler;
  password: PageHandler;
  account: PageHandler;
};

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
      if (!issuer.embedded && isIssuerAway(error)) throw issuerAway();
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
    const read = await needs.issuerSessions?.read(tokens).catch(refuseSignIn);
    const claims = read?.claims ?? tokens.claims()!;
    const said = readClaims(claims);
    const check = read && {
      token: read.refreshToken ?? null,
      at: needs.clock.now().add({ seconds: read.seconds }).toString(),
    };
    const invitation = cookies.read(ctx.headers, cookies.nameOf('invitation'));
    const before = cookies.read(ctx.headers, cookies.session);
    return database.transaction(async (tx) => {
      const person = await needs.accounts.ofSubject(tx, {
        issuer: needs.issuerName,
        ...said,
      });
      const changes = issuer.embedded ? [] : await needs.rights.follow(tx, needs.issuerName, said);
      const [account] = await tx.query(findAccountById, [person]);
      if (!account?.active)
        throw new SignInRefused({ reason: 'This account is not active. An administrator can make it so again.' });
      const accepted = invitation ? await needs.invitations.accept(tx, invitation, person) : undefined;
      if (accepted) {
        const { id: subject, organisation, role } = accepted;
        changes.push({ action: 'invitation.accepted', subject, before: {}, after: { organisation, role } });
      }
      // The browser gets another session in its place; what it held before ends.
      if (before) await needs.sessions.endByDigest(tx, digestOf(before));
      const secret = await needs.sessions.begin(tx, {
        person,
        userAgent: ctx.get('user-agent'),
        address: needs.addressOf(ctx),
        idToken: tokens.id_token ?? null,
        providerSession: textOf(claims.sid) ?? sessionOf(tokens.access_token),
        check,
      });
      const by = { person, name: account.name, address: needs.addressOf(ctx), requestId: ctx.state.requestId ?? null };
      return { secret, invited: invitation !== undefined, by, changes };
    });
  }

  const beginWith = (extra: Record<string, string>) => async (ctx: Context) => {
    const { state, nonce, verifier, setCookies } = states.begin(
      ctx.headers,
      returnPath([ctx.query.return].flat()[0], publicUrl),
    );
    const url = openid.buildAuthorizationUrl(await issuer.answering(), {
      ...extra,
      redirect_uri: redirectUri,
      scope: issuer.scope,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    ctx.append('Set-Cookie', setCookies);
    goTo(ctx, url.href);
  };

  return {
    // `again`: the password is asked for even where one is signed in, and the issuer says when that was.
    begin: (ctx) => beginWith(ctx.query.again === undefined ? {} : { prompt: 'login', max_age: '0' })(ctx),
    register: beginWith({ prompt: 'create' }),
    password: beginWith({ kc_action: 'UPDATE_PASSWORD' }),
    account: (ctx) => goTo(ctx, `${issuer.url}/account/?referrer=${encodeURIComponent(needs.clientId)}`),

    async callback(ctx) {
      const login = states.take(ctx.headers, [ctx.query.state].flat()[0]);
      if (!login) throw new SignInEnded({});
      const tokens = await tokensFor(ctx, login);
      const { secret, invited, by, changes } = await welcome(ctx, tokens);
      needs.recorded(by, changes);
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
    const client = await issuer.answering().catch(() => undefined);
    if (!client?.serverMetadata().end_session_endpoint) return undefined;
    return openid.buildEndSessionUrl(client, { id_token_hint: idToken, post_logout_redirect_uri: `${publicUrl}/` })
      .href;
  }
}

/** The keys cannot be had: that is a 503. A token that is not good: the sign-in has to begin anew. */
function refuseSignIn(error: unknown): never {
  if (error instanceof errors.JOSEError) throw new SignInEnded({});
  throw error;
}

/** The embedded provider names its session in the access token. */
function sessionOf(accessToken: string): string | null {
  try {
    return textOf(decodeJwt(accessToken).sid) ?? null;
  } catch {
    return null;
  }
}
