import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Actor, Clock, Log, Mail, People } from '@task-connect/sdk';
import type { Middleware } from 'koa';
import type { Settings } from '../config/settings.ts';
import type { Database, Queries } from '../database/database.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import { type Accounts, makeAccounts, type NewPerson } from './accounts.ts';
import { makeActors, type PermissionsOf } from './actors.ts';
import { makeAuthenticate } from './authenticate.ts';
import { makeBackground } from './background.ts';
import { makeContacts } from './contacts.ts';
import { type Endings, makeEndings } from './endings.ts';
import { makeFirstAdministrator, type OneTimeAccess, readablePassword } from './first-administrator.ts';
import { type Invitations, makeInvitations } from './invitations.ts';
import { makeIssuerParts } from './issuer-parts.ts';
import { type Links, makeLinks } from './links.ts';
import { makeOneTimeTokens, type OneTimeTokens } from './one-time-tokens.ts';
import { makePages } from './pages.ts';
import { makePasswords, type PasswordCost } from './passwords.ts';
import { makePersonalTokens, type NewToken, type PersonalTokens } from './personal-tokens.ts';
import { makePrincipals } from './principals.ts';
import { makeCookieJar } from './session-cookie.ts';
import { makeSessions } from './sessions.ts';
import { makeSignInSite } from './sign-in-site.ts';
import { openSigningKeys } from './signing-keys.ts';
import { sweep } from './sweep.ts';
import { makeUsage } from './usage.ts';
import { makeVerifier } from './verifier.ts';

// What the edge asks of identity: who is it that sends this request? Everything else of identity (the embedded
// provider, passwords, sessions, tokens) stands behind this.

/** How the request proved itself. */
export type Credential =
  | { kind: 'session'; sessionId: string }
  | { kind: 'access-token'; jti: string; scopes: readonly string[] }
  | { kind: 'personal-token'; tokenId: string; scopes: readonly string[] }
  | { kind: 'none' };

export type Authenticated = { actor: Actor; credential: Credential };

export type Authenticate = {
  /**
   * The actor of a request, from its Authorization header (JWT access token or personal token), else from its session
   * cookie, else anonymous. `TC-Organization` chooses the organisation. Throws a problem: 401 for a credential that is
   * not good (with WWW-Authenticate), 404 for an organisation that one is no member of, 403 for a cross-site write
   * with a cookie. Usually answers from memory; then it returns without a promise.
   */
  authenticate(request: {
    method: string;
    headers: IncomingHttpHeaders;
    address: string;
  }): Authenticated | Promise<Authenticated>;
};

/** What the plugin of people does by means of identity, in the transaction that it is given. */
export type IdentityParts = {
  accounts: Accounts;
  tokens: PersonalTokens;
  oneTimeTokens: OneTimeTokens;
  invitations: Invitations;
  endings: Endings;
  links: Links;
  /** Removes what has ended. */
  sweep(db: Queries, now: Temporal.Instant): Promise<void>;
};

export type Identity = Authenticate &
  AsyncDisposable & {
    /** Answers below /auth, /oidc and /.well-known/openid-configuration; passes everything else on. */
    middleware: Middleware;
    contacts: People;
    parts: IdentityParts;
    issuePersonalToken(token: NewToken): Promise<{ id: string; token: string }>;
    createPerson(person: NewPerson): Promise<string>;
    /** Makes the first administrator; null once their one-time password was changed. */
    ensureFirstAdministrator(): Promise<OneTimeAccess | null>;
    /** The next key signs from now on; sessions and tokens stay good. */
    rotateSigningKeys(): Promise<void>;
    /** Waits for mail and notes of last use that are under way. */
    settled(): Promise<void>;
  };

const channel = 'identity';

export async function makeIdentity(needs: {
  settings: Pick<
    Settings,
    'publicUrl' | 'registration' | 'adminEmail' | 'oidcIssuer' | 'oidcClientId' | 'oidcAudience'
  >;
  /** Of the database `users`, migrated. */
  database: Database;
  secrets: SecretStore;
  clock: Clock;
  log: Log;
  mail: Mail;
  permissionsOf: PermissionsOf;
  /** Ends the names of cookies. */
  installation: string;
  passwordCost?: PasswordCost;
  /** For tests: what is remembered does not age. */
  monotonic?: () => number;
}): Promise<Identity> {
  const { settings, database, secrets, clock, log } = needs;
  const { publicUrl, registration } = settings;
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');

  const signingKeys = await openSigningKeys(secrets);
  const background = makeBackground(log);
  const cookies = makeCookieJar({ publicUrl, installation: needs.installation });
  const pages = makePages({ base, now: () => clock.now().toZonedDateTimeISO(Temporal.Now.timeZoneId()) });
  const passwords = makePasswords({ cost: needs.passwordCost });
  const sessions = makeSessions({ clock });
  const tokens = makePersonalTokens({ clock });
  const links = makeLinks(() => signingKeys.held.links);
  const accounts = makeAccounts({ clock, passwords });
  const parts: IdentityParts = {
    accounts,
    tokens,
    links,
    oneTimeTokens: makeOneTimeTokens({ clock, links }),
    invitations: makeInvitations({ clock }),
    endings: makeEndings({ sessions, tokens }),
    sweep,
  };
  const newPassword = () => readablePassword(randomBytes);
  const administrator = makeFirstAdministrator({ ...needs, accounts, address: settings.adminEmail, newPassword });
  const issuing = makeIssuerParts({ ...needs, base, signingKeys, sessions, cookies, pages, background });
  const { issuer, issuerName, keys, embedded } = issuing;

  const principals = makePrincipals({ ...needs, sessions, tokens });
  const usage = makeUsage({ database, sessions, tokens, clock, log });
  const verifier = makeVerifier({ issuer: issuer.url, audience: settings.oidcAudience, keys, clock });
  const authenticate = makeAuthenticate({
    principals,
    verifier,
    actors: makeActors(needs.permissionsOf),
    cookies,
    usage,
    issuerName,
    async welcome({ subject, claims: { name, email, email_verified } }) {
      // The embedded provider makes its people itself.
      if (embedded) return undefined;
      const known = { name: textOf(name), address: textOf(email), addressVerified: email_verified === true };
      return database.transaction((tx) => accounts.ofSubject(tx, { issuer: issuerName, subject, ...known }));
    },
  });
  const middleware = makeSignInSite({
    ...needs,
    ...issuing,
    publicUrl,
    base,
    registration,
    pages,
    cookies,
    cookieKeys: () => signingKeys.held.cookies,
    passwords,
    sessions,
    parts,
    background,
    passwordChosen: administrator.forget,
    forgetSession: principals.session.forget,
  });

  if (embedded) signingKeys.whenChanged(embedded.renew);
  const listener = await database.listen(
    channel,
    (heard) => (heard === keysRotated ? background.run(signingKeys.refresh) : principals.heard(heard)),
    {
      lost() {
        log.warn({}, 'Changes of rights are not heard now; every request asks the database');
        principals.hold(false);
      },
      regained() {
        principals.hold(true);
        background.run(signingKeys.refresh);
      },
    },
  );

  return {
    authenticate,
    middleware,
    contacts: makeContacts(database),
    parts,
    issuePersonalToken: (token) => tokens.issue(database, token),
    createPerson: (person) => database.transaction((tx) => accounts.create(tx, person)),
    ensureFirstAdministrator: administrator.ensure,
    async rotateSigningKeys() {
      await signingKeys.rotate();
      await database.notify(channel, keysRotated);
    },
    async settled() {
      await background.settled();
      await usage.settled();
    },
    async [Symbol.asyncDispose]() {
      await listener[Symbol.asyncDispose]();
      await background.settled();
      await usage.settled();
    },
  };
}

const keysRotated = 'keys rotated';
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
