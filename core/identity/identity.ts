import type { IncomingHttpHeaders } from 'node:http';
import type { Actor, People } from '@task-connect/sdk';
import type { Middleware } from 'koa';
import type { Queries } from '../database/database.ts';
import type { Accounts, NewPerson } from './accounts.ts';
import type { PermissionsOf } from './actors.ts';
import type { Endings } from './endings.ts';
import type { OneTimeAccess } from './first-administrator.ts';
import type { Invitations } from './invitations.ts';
import type { IssuerPeople } from './issuer-people.ts';
import type { Links } from './links.ts';
import type { Lockout } from './lockout.ts';
import type { OneTimeTokens } from './one-time-tokens.ts';
import type { Passwords } from './passwords.ts';
import type { NewToken, PersonalTokens } from './personal-tokens.ts';
import type { Proof } from './proof.ts';

export { makeIdentity } from './make-identity.ts';

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
  lockout(db: Queries): Lockout;
  /** Whether somebody shows anew that they are who they are. */
  proof: Proof;
  passwords: Passwords;
  permissionsOf: PermissionsOf;
  /** Of the platform, for links in mail. */
  publicUrl: string;
  /** Whether people sign in here, with a password, and not at another issuer. */
  signsInHere: boolean;
  /** Where one changes password and address, when it is not here. */
  accountUrl: string | null;
  /** People at another issuer, as far as we may manage them there. */
  issuerPeople: IssuerPeople | undefined;
  /** Removes what has ended. */
  sweep(db: Queries, now: Temporal.Instant): Promise<void>;
};

export type Identity = Authenticate &
  AsyncDisposable & {
    /** Answers below /auth, /oidc and /.well-known/openid-configuration; passes everything else on. */
    middleware: Middleware;
    contacts: People;
    /** The ids of all. */
    organisations(): Promise<string[]>;
    parts: IdentityParts;
    /** Whether people can sign in. */
    check(): Promise<{ ok: true } | { ok: false; reason: string }>;
    issuePersonalToken(token: NewToken): Promise<{ id: string; token: string }>;
    createPerson(person: NewPerson): Promise<string>;
    /** Makes the first administrator; null once their one-time password was changed. */
    ensureFirstAdministrator(): Promise<OneTimeAccess | null>;
    /** The next key signs from now on; sessions and tokens stay good. */
    rotateSigningKeys(): Promise<void>;
    /** Waits for mail and notes of last use that are under way. */
    settled(): Promise<void>;
  };
