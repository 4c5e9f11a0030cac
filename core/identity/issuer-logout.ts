import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { JWTVerifyGetKey } from 'jose';
import type { Context } from 'koa';
import type { Database } from '../database/database.ts';
import { findPersonOfSubject } from './account-table.ts';
import { digestOf } from './digest.ts';
import { readForm } from './form-body.ts';
import type { Issuer } from './issuer.ts';
import { LogoutTokenRefused, readLogoutToken } from './logout-token.ts';
import type { Sessions } from './sessions.ts';

// Another issuer ends sessions: by its own request (Back-Channel Logout 1.0), or by a page in the browser (Front-Channel
// Logout 1.0). The deleted rows tell all processes.

export type IssuerLogout = { backChannel(ctx: Context): Promise<void>; frontChannel(ctx: Context): Promise<void> };

/** No row: it came before. */
const takeOnce = statement<[id: string, expiresAt: string], { id: string }>(
  'identity.take-logout-token',
  `insert into oidc_payload (type, id, payload, expires_at) values ('LogoutToken', $1, '{}', $2)
   on conflict do nothing returning id`,
);

export function makeIssuerLogout(needs: {
  issuer: Issuer;
  issuerName: string;
  clientId: string;
  keys: JWTVerifyGetKey;
  database: Database;
  sessions: Sessions;
  clock: Clock;
  log: Log;
}): IssuerLogout {
  const { issuer, database, sessions } = needs;

  async function end(text: string): Promise<void> {
    const token = await readLogoutToken(text, { ...needs, issuer: issuer.url });
    await database.transaction(async (tx) => {
      const [first] = await tx.query(takeOnce, [digestOf(token.id), token.expiresAt]);
      if (!first) throw new LogoutTokenRefused('it was used already');
      if (token.session !== undefined) return sessions.endOfProvider(tx, token.session);
      const [found] = await tx.query(findPersonOfSubject, [needs.issuerName, token.subject!]);
      return found && sessions.endOfPerson(tx, found.person);
    });
  }

  return {
    async backChannel(ctx) {
      ctx.set('Cache-Control', 'no-store');
      try {
        await end((await readForm(ctx.req))('logout_token'));
        ctx.status = 200;
        ctx.body = '';
      } catch (error) {
        const refused = error instanceof LogoutTokenRefused;
        needs.log.warn({ err: error }, 'A logout token was not taken');
        const away = (error as { status?: number }).status === 503;
        ctx.status = away ? 503 : 400;
        const description = refused ? `The logout token is not good: ${error.message}.` : 'The request cannot be read.';
        ctx.body = { error: 'invalid_request', error_description: away ? 'The keys cannot be had now.' : description };
      }
    },

    async frontChannel(ctx) {
      const [iss, sid] = [ctx.query.iss, ctx.query.sid].map((given) => [given].flat()[0]);
      // The page is in a frame of the issuer’s, where browsers send no cookie of ours: the session is known by its id.
      ctx.set('Content-Security-Policy', `default-src 'none'; frame-ancestors ${new URL(issuer.url).origin}`);
      ctx.set('Cache-Control', 'no-store');
      if (iss === issuer.url && sid && !sid.includes('\0')) await sessions.endOfProvider(database, sid);
      else ctx.status = 400;
      ctx.type = 'text/html; charset=utf-8';
      ctx.body = '<!doctype html><title>Signed out</title>';
    },
  };
}
