import { line, z } from '@task-connect/sdk';
import type { Context } from 'koa';
import type { Database } from '../database/database.ts';
import type { AccountChanges } from './account-changes.ts';
import { findAccountByAddress } from './account-table.ts';
import type { Accounts } from './accounts.ts';
import type { Faults } from './fields.ts';
import { readForm } from './form-body.ts';
import type { Interactions } from './interaction.ts';
import type { Invitation } from './invitations.ts';
import type { Lockout } from './lockout.ts';
import type { Pages } from './pages.ts';
import { faultOfPassword } from './password-rules.ts';
import type { SignInPages } from './sign-in-pages.ts';
import { type PageHandler, show } from './site.ts';
import type { WaitText } from './wait.ts';

// Make an account: with an invitation at once, else after the address was confirmed by mail.

type Needs = {
  interactions: Interactions;
  pages: Pages;
  signInPages: SignInPages;
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

type Given = { name?: string; address?: string; problem?: string; faults?: Faults };

export type RegisterPages = Record<'ask' | 'register', PageHandler>;

export function makeRegisterPages(needs: Needs): RegisterPages {
  const { interactions, pages, accounts, database } = needs;
  const { showSignIn, mayRegister } = needs.signInPages;

  function showRegister(ctx: Context, uid: string, invitation: Invitation | undefined, given: Given, status = 200) {
    const page = pages.register({
      action: interactions.at(uid, '/register'),
      back: interactions.at(uid),
      invitedBy: invitation?.organisationName,
      ...given,
      address: invitation?.address ?? given.address,
    });
    show(ctx, page, status);
  }

  /** The address is the invitation’s, but not verified by it: whoever invited has seen the link too. */
  async function registerInvited(
    ctx: Context,
    uid: string,
    person: { name: string; address: string; password: string },
  ) {
    const { address } = person;
    if ((await database.query(findAccountByAddress, [address])).length > 0) {
      const problem = 'This address has an account already. Sign in with it.';
      return showSignIn(ctx, uid, { address, problem }, 409);
    }
    await interactions.signedIn(ctx, await database.transaction((tx) => accounts.create(tx, person)));
  }

  return {
    async ask(ctx, uid) {
      await interactions.of(ctx, uid);
      const invitation = await needs.invitationOf(ctx);
      if (!mayRegister(invitation)) return showSignIn(ctx, uid, {}, 403);
      showRegister(ctx, uid, invitation, {});
    },

    async register(ctx, uid) {
      await interactions.of(ctx, uid);
      const invitation = await needs.invitationOf(ctx);
      if (!mayRegister(invitation)) return showSignIn(ctx, uid, {}, 403);
      const form = await readForm(ctx.req);
      const given = { name: form('name'), address: invitation?.address ?? form('address').trim() };
      const password = form('password');
      const faults = faultsOf(given, password);
      if (Object.keys(faults).length > 0) return showRegister(ctx, uid, invitation, { ...given, faults }, 422);

      const person = { ...given, name: Name.parse(given.name), password };
      // Sends no mail, and the invitation is for one.
      if (invitation) return registerInvited(ctx, uid, person);
      const { waitUntil } = await needs.lockout.begin([
        { kind: 'network', of: needs.addressOf(ctx) },
        { kind: 'mail', of: given.address },
      ]);
      if (waitUntil) {
        ctx.set('Retry-After', needs.waitText.seconds(waitUntil));
        return showRegister(ctx, uid, invitation, { ...given, problem: needs.waitText.sentence(waitUntil) }, 429);
      }
      await needs.changes.register(person);
      const lead = `A letter went to ${given.address}. Its link makes the account; it is good for a day.`;
      show(ctx, pages.notice({ title: 'Look into your mail', lead }));
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
