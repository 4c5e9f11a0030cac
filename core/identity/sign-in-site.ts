import type { Clock, Log, Mail } from '@task-connect/sdk';
import type { Context, Middleware } from 'koa';
import type { Database } from '../database/database.ts';
import { makeAccountChanges } from './account-changes.ts';
import { makeAccountPages } from './account-pages.ts';
import { makeAssets } from './assets.ts';
import type { Background } from './background.ts';
import { makeBrowserLogin } from './browser-login.ts';
import type { EmbeddedProvider } from './embedded-provider.ts';
import type { GivenRights } from './given-rights.ts';
import type { IdentityParts } from './identity.ts';
import { makeInteractions } from './interaction.ts';
import { makeInvitationPages } from './invitation-pages.ts';
import type { Issuer } from './issuer.ts';
import type { IssuerLogout } from './issuer-logout.ts';
import type { IssuerSessions } from './issuer-session.ts';
import { makeMiddleware } from './middleware.ts';
import type { Pages } from './pages.ts';
import type { Passwords } from './passwords.ts';
import type { Recorded } from './recorded.ts';
import { makeRegisterPages } from './register-pages.ts';
import type { CookieJar } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import { makeSignIn } from './sign-in.ts';
import { makeSignInPages, type SignInPageSettings } from './sign-in-pages.ts';
import { makeWaitText } from './wait.ts';

// Everything of identity that a browser sees, put together.

export function makeSignInSite(needs: {
  publicUrl: string;
  base: string;
  clientId: string;
  signInPage: SignInPageSettings;
  database: Database;
  clock: Clock;
  log: Log;
  mail: Mail;
  pages: Pages;
  cookies: CookieJar;
  cookieKeys: () => readonly string[];
  passwords: Passwords;
  sessions: Sessions;
  parts: IdentityParts;
  issuer: Issuer;
  issuerName: string;
  embedded: EmbeddedProvider | undefined;
  issuerSessions: IssuerSessions | undefined;
  issuerLogout: IssuerLogout | undefined;
  rights: GivenRights;
  recorded: Recorded;
  background: Background;
  passwordChosen(): Promise<void>;
  /** At once in this process; the others hear it from the database. */
  forgetSession(digest: string): void;
}): Middleware {
  const { publicUrl, database, clock, parts, embedded } = needs;
  const { oneTimeTokens: tokens } = parts;
  // The edge knows the client’s address, also behind a proxy.
  const addressOf = (ctx: Context) => String(ctx.state.address ?? ctx.ip);
  const urlOf = (path: string, token?: string) => `${publicUrl}${path}${token === undefined ? '' : `?token=${token}`}`;
  const now = () => clock.now().toString();
  const background = needs.background.run;

  const lockout = parts.lockout(database);
  const waitText = makeWaitText(clock);
  const signIn = makeSignIn({ ...needs, lockout, tokens });
  const changes = makeAccountChanges({ ...needs, ...parts, tokens, lockout, now, background, urlOf });
  const shared = { ...needs, ...parts, lockout, waitText, changes, addressOf };
  const invitation = makeInvitationPages(shared);
  const login = makeBrowserLogin(shared);

  function pagesOfProvider({ current: provider, handle }: EmbeddedProvider) {
    const interactions = makeInteractions({ provider, base: needs.base });
    const withInvitation = { ...shared, interactions, signIn, invitationOf: invitation.invitationOf };
    const signInPages = makeSignInPages(withInvitation);
    const register = makeRegisterPages({ ...withInvitation, signInPages });
    return { handle, signIn: signInPages, register, account: makeAccountPages(shared) };
  }

  return makeMiddleware({
    ...needs,
    login,
    invitation,
    assets: makeAssets(),
    embedded: embedded && pagesOfProvider(embedded),
  });
}
