import { randomBytes } from 'node:crypto';
import type { Actor, Clock, Log, Mail } from '@task-connect/sdk';
import type { SharedSecond } from '../cache/shared-second.ts';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../database/database.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import { makeAccounts } from './accounts.ts';
import { anonymous, makeActors, type PermissionsOf } from './actors.ts';
import { makeAuthenticate } from './authenticate.ts';
import { makeBackground } from './background.ts';
import { makeContacts, organisationIds } from './contacts.ts';
import { makeEndings } from './endings.ts';
import { makeFirstAdministrator, readablePassword } from './first-administrator.ts';
import { type FollowedChange, makeGivenRights } from './given-rights.ts';
import type { Identity, IdentityParts } from './identity.ts';
import { makeInvitations } from './invitations.ts';
import { readClaims } from './issuer-claims.ts';
import { makeIssuerLogout } from './issuer-logout.ts';
import { makeIssuerParts } from './issuer-parts.ts';
import { makeIssuerPeople } from './issuer-people.ts';
import { issuerSecret } from './issuer-secret.ts';
import { makeIssuerSessions } from './issuer-session.ts';
import { makeLinks } from './links.ts';
import { makeLockout } from './lockout.ts';
import { makeOneTimeTokens } from './one-time-tokens.ts';
import { makePages } from './pages.ts';
import { makePasswords, type PasswordCost } from './passwords.ts';
import { makePersonalTokens } from './personal-tokens.ts';
import { makePrincipals } from './principals.ts';
import { makeProof } from './proof.ts';
import type { Recorded } from './recorded.ts';
import { makeSessionCheck } from './session-check.ts';
import { makeCookieJar } from './session-cookie.ts';
import { makeSessions } from './sessions.ts';
import type { SignInPageSettings } from './sign-in-pages.ts';
import { makeSignInSite } from './sign-in-site.ts';
import { openSigningKeys } from './signing-keys.ts';
import { sweep } from './sweep.ts';
import { makeUsage } from './usage.ts';
import { makeVerifier } from './verifier.ts';

// Makes identity from its parts, in order. Read identity.ts for what it promises.

const channel = 'identity';

type WriteDown = (by: { actor: Actor; address?: string; requestId?: string }, change: FollowedChange) => Promise<void>;

export async function makeIdentity(needs: {
  settings: Pick<
    Settings,
    'publicUrl' | 'registration' | 'adminEmail' | 'oidcIssuer' | 'oidcBackChannelUrl' | 'oidcClientId' | 'oidcAudience'
  >;
  /** What of them may change meanwhile; they are as at the start when not given. */
  signInPage?: SignInPageSettings;
  /** Of the database `users`, migrated. */
  database: Database;
  secrets: SecretStore;
  clock: Clock;
  log: Log;
  mail: Mail;
  permissionsOf: PermissionsOf;
  /** Writes into the audit log what a sign-in changed. */
  record?: WriteDown;
  /** Ends the names of cookies. */
  installation: string;
  passwordCost?: PasswordCost;
  /** For tests: what is remembered does not age. */
  monotonic?: () => number;
  /** What processes share for a second, signed with a secret of the installation. */
  shared?: ((secret: () => string) => SharedSecond) | undefined;
}): Promise<Identity> {
  const { settings, database, secrets, clock, log } = needs;
  const { publicUrl } = settings;
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');

  if (settings.oidcIssuer !== undefined) await issuerSecret(secrets);
  const signingKeys = await openSigningKeys(secrets);
  const background = makeBackground(log);
  const cookies = makeCookieJar({ publicUrl, installation: needs.installation });
  const pages = makePages({ base, now: () => clock.now().toZonedDateTimeISO(Temporal.Now.timeZoneId()) });
  const passwords = makePasswords({ cost: needs.passwordCost });
  const sessions = makeSessions({ clock });
  const tokens = makePersonalTokens({ clock });
  const links = makeLinks(() => signingKeys.held.links);
  const accounts = makeAccounts({ clock, passwords });
  const refused: { asClient?: string | undefined; asAdmin?: string | undefined } = {};
  const issuing = makeIssuerParts({
    ...needs,
    base,
    signingKeys,
    sessions,
    cookies,
    pages,
    background,
    refusedAsAdmin: (reason) => (refused.asAdmin = reason),
  });
  const { issuer, issuerName, keys, embedded, admin } = issuing;
  const recorded: Recorded = ({ person, name, address, requestId }, changes) => {
    const actor: Actor = { ...anonymous, kind: 'person', person, name };
    const by = { actor, address: address ?? undefined, requestId: requestId ?? undefined };
    for (const change of changes) background.run(async () => needs.record?.(by, change));
  };
  const followed = (person: string, changes: readonly FollowedChange[]) =>
    recorded({ person, name: '', address: null, requestId: null }, changes);
  const parts: IdentityParts = {
    accounts,
    tokens,
    links,
    permissionsOf: needs.permissionsOf,
    publicUrl,
    signsInHere: settings.oidcIssuer === undefined,
    accountUrl: settings.oidcIssuer === undefined ? null : `${publicUrl}/auth/account`,
    issuerPeople: admin && makeIssuerPeople({ ...needs, issuerName, admin, sessions, followed }),
    oneTimeTokens: makeOneTimeTokens({ clock, links }),
    invitations: makeInvitations({ clock }),
    endings: makeEndings({ sessions, tokens }),
    lockout: (db) => makeLockout({ database: db, clock }),
    proof: makeProof({ database, passwords, clock, signsInHere: settings.oidcIssuer === undefined }),
    passwords,
    sweep,
  };
  const newPassword = () => readablePassword(randomBytes);
  const administrator = makeFirstAdministrator({ ...needs, ...parts, address: settings.adminEmail, newPassword });

  const rights = makeGivenRights({ clock });
  const ofIssuer = { ...needs, issuer, issuerName, keys, clientId: settings.oidcClientId, sessions };
  const issuerSessions = embedded
    ? undefined
    : makeIssuerSessions({ ...ofIssuer, refused: (reason) => (refused.asClient = reason) });

  const principals = makePrincipals({
    ...needs,
    sessions,
    tokens,
    shared: needs.shared?.(() => signingKeys.held.links),
  });
  const usage = makeUsage({ database, sessions, tokens, clock, log });
  const verifier = makeVerifier({ issuer: issuer.url, audience: settings.oidcAudience, keys, clock });
  const authenticate = makeAuthenticate({
    principals,
    verifier,
    actors: makeActors(needs.permissionsOf),
    cookies,
    usage,
    sessionCheck:
      issuerSessions &&
      makeSessionCheck({
        ...ofIssuer,
        sessions: issuerSessions,
        rights,
        forget: principals.session.forget,
        followed,
      }),
    issuerName,
    async welcome({ claims }) {
      // The embedded provider makes its people itself.
      if (embedded) return undefined;
      return database.transaction((tx) => accounts.ofSubject(tx, { issuer: issuerName, ...readClaims(claims) }));
    },
  });
  const middleware = makeSignInSite({
    ...needs,
    ...issuing,
    signInPage: needs.signInPage ?? (() => settings),
    publicUrl,
    base,
    pages,
    clientId: settings.oidcClientId,
    issuerSessions,
    issuerLogout: embedded ? undefined : makeIssuerLogout(ofIssuer),
    rights,
    recorded,
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
    organisations: () => organisationIds(database),
    parts,
    async check() {
      if (embedded) return { ok: true };
      if (refused.asClient !== undefined) return { ok: false, reason: notOurClient(refused.asClient) };
      const answers = await issuer.answering().then(
        () => true,
        () => false,
      );
      if (!answers) return { ok: false, reason: notThere(issuer.url) };
      return refused.asAdmin === undefined ? { ok: true } : { ok: false, reason: notManager(refused.asAdmin) };
    },
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
const notThere = (url: string) =>
  `${url} does not answer. New sign-ins are refused until it does; who is signed in goes on.`;
const notManager = (error: string) =>
  `The issuer does not let the platform manage its people (${error}). Changes of accounts are kept here and tried again there; write adminClientId and adminClientSecret into services/keycloak-secrets.`;
const notOurClient = (error: string) =>
  `The issuer does not take us for its client (${error}). Write its secret into services/keycloak-secrets.`;
