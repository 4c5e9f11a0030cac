import type { Log } from '@task-connect/sdk';
import type { Middleware } from 'koa';
import type { AccountPages } from './account-pages.ts';
import type { Assets } from './assets.ts';
import type { BrowserLogin } from './browser-login.ts';
import type { EmbeddedProvider } from './embedded-provider.ts';
import type { InvitationPages } from './invitation-pages.ts';
import type { IssuerLogout } from './issuer-logout.ts';
import type { Pages } from './pages.ts';
import type { RegisterPages } from './register-pages.ts';
import type { SignInPages } from './sign-in-pages.ts';
import { asPage, type PageHandler, setPageHeaders } from './site.ts';

// What identity answers over HTTP, as a table: /auth is sign-in here, /oidc the embedded provider with its pages.
// Everything else is passed on.

type Needs = {
  base: string;
  publicUrl: string;
  pages: Pages;
  log: Log;
  login: BrowserLogin;
  invitation: InvitationPages;
  assets: Assets;
  /** With another issuer. */
  issuerLogout: IssuerLogout | undefined;
  /** With the embedded provider. */
  embedded?: Pick<EmbeddedProvider, 'handle'> & {
    signIn: SignInPages;
    register: RegisterPages;
    account: AccountPages;
  };
};

const interactionPath = /^\/oidc\/interaction\/([^/]+)(\/[a-z-]+)?$/;

export function makeMiddleware(needs: Needs): Middleware {
  const { base, login, invitation, embedded } = needs;
  const origin = new URL(needs.publicUrl).origin;
  const page = (handler: PageHandler) => asPage(handler, { ...needs, origin });

  const fixed = new Map<string, PageHandler>([
    ['GET /auth/login', page(login.begin)],
    ['GET /auth/callback', page(login.callback)],
    ['POST /auth/logout', login.end],
    ['GET /auth/invitation', page(invitation.open)],
    ['POST /auth/invitation', page(invitation.join)],
  ]);
  if (needs.issuerLogout) {
    fixed.set('POST /auth/back-channel-logout', needs.issuerLogout.backChannel);
    fixed.set('GET /auth/front-channel-logout', needs.issuerLogout.frontChannel);
    fixed.set('GET /auth/account', page(login.account));
    fixed.set('GET /auth/register', page(login.register));
    fixed.set('GET /auth/password', page(login.password));
  }
  const ofInteraction = new Map<string, PageHandler>();
  if (embedded) {
    const { signIn, register, account } = embedded;
    fixed.set('GET /oidc/forgot', page(account.askForgot));
    fixed.set('POST /oidc/forgot', page(account.forgot));
    fixed.set('GET /oidc/reset', page(account.askReset));
    fixed.set('POST /oidc/reset', page(account.reset));
    fixed.set('GET /oidc/verify', page(account.askVerify));
    fixed.set('POST /oidc/verify', page(account.verify));
    ofInteraction.set('GET ', page(signIn.open));
    ofInteraction.set('POST /sign-in', page(signIn.signIn));
    ofInteraction.set('POST /password', page(signIn.change));
    ofInteraction.set('GET /register', page(register.ask));
    ofInteraction.set('POST /register', page(register.register));
  }

  function find(method: string, path: string): { handler: PageHandler; part: string } | undefined {
    const handler = fixed.get(`${method} ${path}`);
    if (handler) return { handler, part: '' };
    const [, part, step = ''] = interactionPath.exec(path) ?? [];
    const ofThis = part === undefined ? undefined : ofInteraction.get(`${method} ${step}`);
    return ofThis && { handler: ofThis, part: part! };
  }

  return async (ctx, next) => {
    if (!ctx.path.startsWith(`${base}/`)) return next();
    const path = ctx.path.slice(base.length);
    const found = find(ctx.method === 'HEAD' ? 'GET' : ctx.method, path);
    if (found) return found.handler(ctx, found.part);
    const [, asset] = /^\/oidc\/([a-z-]+\.(?:css|woff2))$/.exec(path) ?? [];
    if (asset && (await needs.assets.serve(ctx, asset))) return;
    if (!embedded) return next();
    if (path.startsWith('/oidc/') || path === '/.well-known/openid-configuration') {
      setPageHeaders(ctx);
      ctx.respond = false;
      return embedded.handle(ctx.req, ctx.res);
    }
    return next();
  };
}
