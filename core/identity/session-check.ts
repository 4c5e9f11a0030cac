import { type Clock, type Log, statement } from '@task-connect/sdk';
import type { Database, Queries } from '../database/database.ts';
import { digestOf } from './digest.ts';
import type { FollowedChange, GivenRights } from './given-rights.ts';
import type { Maybe } from './held.ts';
import { readClaims } from './issuer-claims.ts';
import type { IssuerSessions } from './issuer-session.ts';
import { openToken, sealToken } from './sealed-token.ts';
import type { SessionRow } from './sessions.ts';

// Whether a session that began at another issuer goes on there. Promises: nobody who was deactivated or signed out there
// is served for longer than an access token lives; while the issuer is away, who is signed in goes on. A refresh token is
// asked by and not introspection, since that keeps the issuer’s session alive while ours is used, brings roles and groups
// as they are now, and nearly every issuer has it. Where an issuer gives none, the session ends with its access token:
// neither userinfo nor introspection tells anything by a token that has ended, and the browser signs in again by one redirect.

export type SessionCheck = { goesOn(session: SessionRow, secret: string): Maybe<boolean> };

type DueRow = { due: boolean; refresh_token: string | null };

const lockSession = statement<[id: string, now: string], DueRow>(
  'identity.lock-session',
  'select coalesce(check_at <= $2, false) as due, refresh_token from session where id = $1 for update',
);
const keepSession = statement<[id: string, token: string, checkAt: string, idToken: string], unknown>(
  'identity.keep-session',
  'update session set refresh_token = $2, check_at = $3, id_token = $4 where id = $1',
);
const endSession = statement<[id: string], unknown>(
  'identity.end-checked-session',
  'delete from session where id = $1',
);

/** A transaction is open while the issuer is asked, so few at once. */
const atOnce = 4;
const awayFor = 5_000;

export function makeSessionCheck(needs: {
  database: Database;
  sessions: IssuerSessions;
  rights: GivenRights;
  issuerName: string;
  forget(digest: string): void;
  followed(person: string, changes: readonly FollowedChange[]): void;
  clock: Clock;
  log: Log;
}): SessionCheck {
  const { database, sessions, clock } = needs;
  const running = new Map<string, Promise<boolean>>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let awayUntil = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  /** Under the lock of its row, so that processes do not ask twice and who comes meanwhile waits for the answer. */
  async function ask(tx: Queries, session: SessionRow, secret: string): Promise<boolean> {
    const [row] = await tx.query(lockSession, [session.id, clock.now().toString()]);
    if (!row) return false;
    if (!row.due || performance.now() < awayUntil) return true;
    const token = row.refresh_token === null ? undefined : openToken(secret, row.refresh_token);
    const answer = token === undefined ? 'ended' : await sessions.refresh(token);
    if (answer === 'away') {
      awayUntil = performance.now() + awayFor;
      needs.log.warn({}, 'The issuer does not answer; who is signed in goes on');
      return true;
    }
    if (answer === 'ended') {
      await tx.query(endSession, [session.id]);
      return false;
    }
    const next = clock.now().add({ seconds: answer.seconds }).toString();
    await tx.query(keepSession, [session.id, sealToken(secret, answer.refreshToken ?? token!), next, answer.idToken]);
    needs.followed(session.person_id, await needs.rights.follow(tx, needs.issuerName, readClaims(answer.claims)));
    return true;
  }

  return {
    goesOn(session, secret) {
      if (session.check_at === null) return true;
      if (clock.now().epochMilliseconds < Date.parse(session.check_at) || performance.now() < awayUntil) return true;
      const known = running.get(session.id);
      if (known) return known;
      const asking = inTurn(() => database.transaction((tx) => ask(tx, session, secret))).finally(() => {
        running.delete(session.id);
        needs.forget(digestOf(secret));
      });
      running.set(session.id, asking);
      return asking;
    },
  };
}
