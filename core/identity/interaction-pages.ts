import { line, z } from '@task-connect/sdk';
import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import type { Database } from '../database/database.ts';
import type { AccountChanges } from './account-changes.ts';
import { findAccountByAddress } from './account-table.ts';
import type { Accounts } from './accounts.ts';
import type { Faults } from './fields.ts';
import { readForm } from './form-body.ts';
import type { Invitation } from './invitations.ts';
import type { Lockout } from './lockout.ts';
import type { Pages } from './pages.ts';
import { faultOfPassword } from './password-rules.ts';
import type { SignIn } from './sign-in.ts';
import { goTo, type PageHandler, show } from './site.ts';
import type { WaitText } from './wait.ts';

// The provider’s interactions: sign in, choose a password after one for once, make an account. `uid` names the
// interaction; the provider’s cookie proves that it is this browser’s.

type Needs = {
  provider: () => Promise<Provider>;
  pages: Pages;
  base: string;
  registration: 'open' | 'invite' | 'closed';
  signIn: SignIn;
  changes: AccountChanges;
  accounts: Accounts;
  database: Database;
  lockout: Lockout;
  invitationOf(ctx: Context): Promise<Invitation | undefined>;
  addressOf(ctx: Context): string;
  waitText: WaitText;
};

export const Address = z.email().max(254);
const Name = line(120);

export type InteractionPages = Record<'open' | 'signIn' | 'change' | 'askRegister' | 'register', PageHandler>;

export function makeInteractionPages(needs: Needs): InteractionPages {
  const { pages, base, provider, waitText } = needs;
  const at = (uid: string, step = '') => `${base}/oidc/interaction/${encodeURIComponent(uid)}${step}`;

  async function interaction(ctx: Context, uid: string) {
    const details = await (await provider()).interactionDetails(ctx.req, ctx.res);
    if (details.uid !== uid) throw Object.assign(new Error('Another interaction.'), { name: 'SessionNotFound' });
    return details;
  }

  async function finish(ctx: Context, person: string) {
    const login = { accountId: person, remember: true, amr: ['pwd'] };
    const options = { mergeWithLastSubmission: false };
    goTo(ctx, await (await provider()).interactionResult(ctx.req, ctx.res, { login }, options));
  }

  const mayRegister = (invitation: Invitation | undefined) =>
    needs.registration === 'open' || (needs.registration === 'invite' && invitation !== undefined);

  async function showSignIn(
    ctx: Context,
    uid: string,
    given: { address?: string; problem?: string; faults?: Faults },
    status = 200,
  ) {
    const invitation = await needs.invitationOf(ctx);
    const page = pages.signIn({
      action: at(uid, '/sign-in'),
      register: mayRegister(invitation) ? at(uid, '/register') : undefined,
      invited: invitation !== undefined,
      forgot: `${base}/oidc/forgot`,
      ...given,
      address: given.address ?? invitation?.address,
    });
    show(ctx, page, status);
  }

  async function showRegister(
    ctx: Context,
    uid: string,
    given: { name?: string; address?: string; problem?: string; faults?: Faults },
    status = 200,
  ) {
    const invitation = await needs.invitationOf(ctx);
    if (!mayRegister(invitation)) return showSignIn(ctx, uid, {}, 403);
    const page = pages.register({
      action: at(uid, '/register'),
      back: at(uid),
      invitedBy: invitation?.organisationName,
      ...given,
      address: invitation?.address ?? given.address,
    });
    show(ctx, page, status);
  }

  /** Consent is ours to give: the only client is ourselves. */
  async function grantConsent(ctx: Context) {
    goTo(ctx, await (await provider()).interactionResult(ctx.req, ctx.res, { consent: {} }));
  }

  return {
    async open(ctx, uid) {
      const { prompt, params } = await interaction(ctx, uid);
      if (prompt.name === 'consent') return grantConsent(ctx);
      const hint = typeof params.login_hint === 'string' ? params.login_hint.slice(0, 254) : undefined;
      await showSignIn(ctx, uid, { address: hint });
    },

    async signIn(ctx, uid) {
      await interaction(ctx, uid);
      const form = await readForm(ctx.req);
      const address = form('address').slice(0, 254);
      const result = await needs.signIn({
        address,
        password: form('password').slice(0, 1000),
        network: needs.addressOf(ctx),
      });
      if (result.kind === 'person') return finish(ctx, result.person);
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
      await interaction(ctx, uid);
      const form = await readForm(ctx.req);
      const [token, password] = [form('token'), form('password')];
      const address = await needs.changes.addressOf('change', token);
      if (address === undefined)
        return showSignIn(ctx, uid, { problem: 'That took too long. Sign in once more.' }, 400);
      const fault = faultOfPassword(password, address);
      if (fault) {
        const page = pages.changePassword({
          action: at(uid, '/password'),
          token,
          address,
          faults: { password: fault },
        });
        return show(ctx, page, 422);
      }
      const person = await needs.changes.choosePassword('change', token, password);
      if (person === undefined)
        return showSignIn(ctx, uid, { address, problem: 'That was done already. Sign in.' }, 400);
      await finish(ctx, person);
    },

    async askRegister(ctx, uid) {
      await interaction(ctx, uid);
      await showRegister(ctx, uid, {});
    },

    async register(ctx, uid) {
      await interaction(ctx, uid);
      const invitation = await needs.invitationOf(ctx);
      if (!mayRegister(invitation)) return showSignIn(ctx, uid, {}, 403);
      const form = await readForm(ctx.req);
      const given = { name: form('name'), address: invitation?.address ?? form('address').trim() };
      const password = form('password');
      const faults = faultsOf(given, password);
      if (Object.keys(faults).length > 0) return showRegister(ctx, uid, { ...given, faults }, 422);

      const { waitUntil } = await needs.lockout.begin([{ kind: 'mail', of: needs.addressOf(ctx) }]);
      if (waitUntil) return showRegister(ctx, uid, { ...given, problem: waitText.sentence(waitUntil) }, 429);
      const name = Name.parse(given.name);
      if (!invitation) {
        await needs.changes.register({ ...given, name, password });
        return show(
          ctx,
          pages.notice({
            title: 'Look into your mail',
            lead: `A letter went to ${given.address}. Its link makes the account; it is good for a day.`,
          }),
        );
      }
      if ((await needs.database.query(findAccountByAddress, [given.address])).length > 0)
        return showSignIn(
          ctx,
          uid,
          { address: given.address, problem: 'This address has an account already. Sign in with it.' },
          409,
        );
      const person = await needs.database.transaction((tx) =>
        // Not verified: whoever invited has seen the link too.
        needs.accounts.create(tx, { ...given, name, password }),
      );
      await finish(ctx, person);
    },
  };
}

function faultsOf(given: { name: string; address: string }, password: string): Faults {
  const faults: Faults = {};
  if (!Name.safeParse(given.name).success) faults.name = 'Write your name in one line, up to 120 characters.';
  if (!Address.safeParse(given.address).success) faults.address = 'Write a mail address, such as name@example.org.';
  const fault = faultOfPassword(password, given.address);
  if (fault) faults.password = fault;
  return faults;
}
