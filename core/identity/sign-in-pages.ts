import type { Context } from 'koa';
import type { AccountChanges } from './account-changes.ts';
import { readForm } from './form-body.ts';
import type { Interactions } from './interaction.ts';
import type { Invitation } from './invitations.ts';
import type { Pages } from './pages.ts';
import type { SignIn } from './sign-in.ts';
import { type PageHandler, show } from './site.ts';
import type { WaitText } from './wait.ts';

// Sign in with address and password, and choose another after one that was for once.

/** What of the sign-in page an operator may change; asked each time. */
export type SignInPageSettings = () => {
  registration: 'open' | 'invite' | 'closed';
  signInNotice?: string | undefined;
};

type Needs = {
  interactions: Interactions;
  pages: Pages;
  base: string;
  signInPage: SignInPageSettings;
  signIn: SignIn;
  changes: AccountChanges;
  invitationOf(ctx: Context): Promise<Invitation | undefined>;
  addressOf(ctx: Context): string;
  waitText: WaitText;
};

type Given = { address?: string; problem?: string };

export type SignInPages = Record<'open' | 'signIn' | 'change', PageHandler> & {
  showSignIn(ctx: Context, uid: string, given: Given, status?: number): Promise<void>;
  mayRegister(invitation: Invitation | undefined): boolean;
};

export function makeSignInPages(needs: Needs): SignInPages {
  const { interactions, pages, base, changes, signInPage, waitText } = needs;
  const { at } = interactions;

  function mayRegister(invitation: Invitation | undefined): boolean {
    const { registration } = signInPage();
    return registration === 'open' || (registration === 'invite' && invitation !== undefined);
  }

  async function showSignIn(ctx: Context, uid: string, given: Given, status = 200) {
    const invitation = await needs.invitationOf(ctx);
    const page = pages.signIn({
      action: at(uid, '/sign-in'),
      register: mayRegister(invitation) ? at(uid, '/register') : undefined,
      invited: invitation !== undefined,
      forgot: `${base}/oidc/forgot`,
      notice: signInPage().signInNotice,
      ...given,
      address: given.address ?? invitation?.address,
    });
    show(ctx, page, status);
  }

  return {
    mayRegister,
    showSignIn,

    async open(ctx, uid) {
      const { prompt, loginHint } = await interactions.of(ctx, uid);
      // Consent is ours to give: the only client is ourselves.
      if (prompt === 'consent') return interactions.consented(ctx);
      await showSignIn(ctx, uid, { address: loginHint });
    },

    async signIn(ctx, uid) {
      await interactions.of(ctx, uid);
      const form = await readForm(ctx.req);
      const address = form('address').slice(0, 254);
      const password = form('password').slice(0, 1000);
      const result = await needs.signIn({ address, password, network: needs.addressOf(ctx) });
      if (result.kind === 'person') return interactions.signedIn(ctx, result.person);
      if (result.kind === 'change') {
        show(ctx, pages.changePassword({ action: at(uid, '/password'), token: result.token, address }));
      } else if (result.kind === 'wait') {
        ctx.set('Retry-After', waitText.seconds(result.until));
        await showSignIn(ctx, uid, { address, problem: waitText.sentence(result.until) }, 429);
      } else {
        const problem = 'Address and password do not belong together. Check both, or choose a new password.';
        await showSignIn(ctx, uid, { address, problem }, 401);
      }
    },

    async change(ctx, uid) {
      await interactions.of(ctx, uid);
      const form = await readForm(ctx.req);
      const [token, password] = [form('token'), form('password')];
      const address = await changes.addressOf('change', token);
      if (address === undefined)
        return showSignIn(ctx, uid, { problem: 'That took too long. Sign in once more.' }, 400);
      const fault = await changes.faultOf('change', token, password);
      if (fault) {
        const page = pages.changePassword({
          action: at(uid, '/password'),
          token,
          address,
          faults: { password: fault },
        });
        return show(ctx, page, 422);
      }
      const person = await changes.choosePassword('change', token, password);
      if (person === undefined)
        return showSignIn(ctx, uid, { address, problem: 'That was done already. Sign in.' }, 400);
      await interactions.signedIn(ctx, person);
    },
  };
}
