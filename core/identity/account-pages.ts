import type { Context } from 'koa';
import type { AccountChanges } from './account-changes.ts';
import { readForm } from './form-body.ts';
import type { Lockout } from './lockout.ts';
import type { Pages } from './pages.ts';
import { Address } from './register-pages.ts';
import { type PageHandler, show } from './site.ts';
import type { WaitText } from './wait.ts';

// Pages that mail leads to. Opening one changes nothing, since scanners of mail open links too; its form does.

type Needs = {
  pages: Pages;
  base: string;
  changes: AccountChanges;
  lockout: Lockout;
  addressOf(ctx: Context): string;
  waitText: WaitText;
};

export type AccountPages = Record<'askForgot' | 'forgot' | 'askReset' | 'reset' | 'askVerify' | 'verify', PageHandler>;

export function makeAccountPages({ pages, base, changes, lockout, addressOf, waitText }: Needs): AccountPages {
  const forgotPage = (given: { address?: string; problem?: string; faults?: Record<string, string> }) =>
    pages.forgot({ action: `${base}/oidc/forgot`, ...given });
  const resetPage = (given: { token: string; address: string; faults?: Record<string, string> }) =>
    pages.reset({ action: `${base}/oidc/reset`, ...given });
  const tokenOf = (ctx: Context) => [ctx.query.token ?? ''].flat()[0] ?? '';
  const ended = (ctx: Context, next: { href: string; label: string }) =>
    show(ctx, pages.notice({ title: 'This link has ended', lead: 'It was used already, or is too old.', next }), 410);
  const another = { href: `${base}/oidc/forgot`, label: 'Ask for another link' };
  const signIn = { href: `${base}/auth/login`, label: 'Sign in' };

  return {
    askForgot(ctx) {
      show(ctx, forgotPage({}));
    },

    async forgot(ctx) {
      const form = await readForm(ctx.req);
      const address = form('address').trim().slice(0, 254);
      if (!Address.safeParse(address).success) {
        const faults = { address: 'Write a mail address, such as name@example.org.' };
        return show(ctx, forgotPage({ address, faults }), 422);
      }
      const { waitUntil } = await lockout.begin([
        { kind: 'network', of: addressOf(ctx) },
        { kind: 'mail', of: address },
      ]);
      if (waitUntil) {
        ctx.set('Retry-After', waitText.seconds(waitUntil));
        return show(ctx, forgotPage({ address, problem: waitText.sentence(waitUntil) }), 429);
      }
      await changes.forgot(address);
      const lead = `If ${address} has an account, a letter with a link is on its way. It is good for an hour.`;
      show(ctx, pages.notice({ title: 'Look into your mail', lead }));
    },

    async askReset(ctx) {
      const token = tokenOf(ctx);
      const address = await changes.addressOf('reset', token);
      if (address === undefined) return ended(ctx, another);
      show(ctx, resetPage({ token, address }));
    },

    async reset(ctx) {
      const form = await readForm(ctx.req);
      const [token, password] = [form('token'), form('password')];
      const address = await changes.addressOf('reset', token);
      if (address === undefined) return ended(ctx, another);
      const fault = await changes.faultOf('reset', token, password);
      if (fault) return show(ctx, resetPage({ token, address, faults: { password: fault } }), 422);
      if ((await changes.choosePassword('reset', token, password)) === undefined) return ended(ctx, another);
      const lead = 'All sessions were ended. Sign in with the new password.';
      show(ctx, pages.notice({ title: 'The password is changed', lead, next: signIn }));
    },

    async askVerify(ctx) {
      const token = tokenOf(ctx);
      const address = await changes.addressOf('verify', token);
      if (address === undefined) return ended(ctx, signIn);
      show(ctx, pages.verify({ action: `${base}/oidc/verify`, token, address }));
    },

    async verify(ctx) {
      const form = await readForm(ctx.req);
      const made = await changes.confirm(form('token'));
      if (!made) return ended(ctx, signIn);
      show(ctx, pages.notice({ title: 'The account is made', lead: `Sign in with ${made.address}.`, next: signIn }));
    },
  };
}
