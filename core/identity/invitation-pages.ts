import type { Context } from 'koa';
import type { Database } from '../database/database.ts';
import { readForm } from './form-body.ts';
import type { Invitation, Invitations } from './invitations.ts';
import type { Pages } from './pages.ts';
import type { CookieJar } from './session-cookie.ts';
import { goTo, type PageHandler, show } from './site.ts';

// Where the link of an invitation leads. Opening it changes nothing; “Join…” keeps the token in a cookie through
// sign-in, where it lets its holder make an account, and the sign-in takes it up.

export type InvitationPages = {
  open: PageHandler;
  join: PageHandler;
  /** The invitation that this browser is about to take up. */
  invitationOf(ctx: Context): Promise<Invitation | undefined>;
};

export function makeInvitationPages(needs: {
  pages: Pages;
  base: string;
  cookies: CookieJar;
  invitations: Invitations;
  database: Database;
}): InvitationPages {
  const { pages, base, cookies, invitations, database } = needs;
  const name = cookies.nameOf('invitation');

  const ended = (ctx: Context) => {
    const lead = 'It was taken up, withdrawn, or is too old. Ask whoever sent it for another.';
    show(ctx, pages.notice({ title: 'This invitation has ended', lead }), 410);
  };

  return {
    async open(ctx) {
      const token = [ctx.query.token ?? ''].flat()[0] ?? '';
      const invitation = await invitations.look(database, token);
      if (!invitation) return ended(ctx);
      const { organisationName: organisation, role } = invitation;
      show(ctx, pages.invitation({ action: `${base}/auth/invitation`, token, organisation, role }));
    },

    async join(ctx) {
      const token = (await readForm(ctx.req))('token');
      if (!(await invitations.look(database, token))) return ended(ctx);
      ctx.append('Set-Cookie', cookies.write(name, token, 3600));
      goTo(ctx, `${base}/auth/login`);
    },

    async invitationOf(ctx) {
      const token = cookies.read(ctx.headers, name);
      return token ? invitations.look(database, token) : undefined;
    },
  };
}
