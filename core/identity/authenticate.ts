import type { IncomingHttpHeaders } from 'node:http';
import { type Actor, NotFound } from '@task-connect/sdk';
import { type Actors, anonymous } from './actors.ts';
import { digestOf } from './digest.ts';
import { after, type Maybe } from './held.ts';
import type { Authenticate, Authenticated } from './identity.ts';
import { CredentialRefused } from './identity-problems.ts';
import { tokenPrefix } from './personal-tokens.ts';
import { type Person, type Principals, subjectKey } from './principals.ts';
import type { SessionCheck } from './session-check.ts';
import type { CookieJar } from './session-cookie.ts';
import type { SessionRow } from './sessions.ts';
import type { Usage } from './usage.ts';
import type { VerifiedToken, Verifier } from './verifier.ts';

// Who sends this request? In the order in which a request may say it: the Authorization header, the session cookie,
// nobody. A dead cookie is nobody and not a fault, since browsers send it to public pages too; the edge asks for sign-in
// where it is needed.

type Needs = {
  principals: Principals;
  verifier: Verifier;
  actors: Actors;
  cookies: CookieJar;
  usage: Usage;
  /** With another issuer. */
  sessionCheck: SessionCheck | undefined;
  /** Under which name the issuer's subjects are known. */
  issuerName: string;
  /** Makes the person of a subject that comes for the first time; undefined: it must sign in first. */
  welcome(token: VerifiedToken): Promise<string | undefined>;
};

const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const none: Authenticated = { actor: anonymous, credential: { kind: 'none' } };

export function makeAuthenticate(needs: Needs): Authenticate['authenticate'] {
  const { principals, verifier, actors, cookies, usage } = needs;
  const refuse = (reason: string): never => {
    throw new CredentialRefused({ reason });
  };

  /** One may have joined the organisation a moment ago, so a miss is asked for anew before it is a 404. */
  function actorIn(person: Person, organisation: string | undefined, scopes?: readonly string[]): Maybe<Actor> {
    if (organisation === undefined || person.roles.has(organisation)) return actors.of(person, organisation, scopes);
    principals.person.forget(person.id);
    return after(principals.person.get(person.id), (now) => actors.of(now ?? person, organisation, scopes));
  }

  function byPersonalToken(text: string, wanted: string | undefined): Maybe<Authenticated> {
    return after(principals.token.get(digestOf(text)), (token) => {
      if (!token || usage.isOver(token.expires_at)) return refuse('There is no such token, or it has ended.');
      return after(principals.person.get(token.person_id), (person) => {
        if (!person) return refuse('The account of this token is not active.');
        if (wanted !== undefined && wanted !== token.organisation_id)
          throw new NotFound({ what: 'organisation', id: wanted });
        usage.token(token);
        return after(actorIn(person, token.organisation_id, token.scopes), (actor) => ({
          actor,
          credential: { kind: 'personal-token', tokenId: token.id, scopes: token.scopes },
        }));
      });
    });
  }

  function byAccessToken(text: string, wanted: string | undefined): Maybe<Authenticated> {
    return after(verifier.verify(text), (token) =>
      after(notRevoked(token), () =>
        after(personOf(token), (person) =>
          after(actorIn(person, wanted), (actor) => ({
            actor,
            credential: { kind: 'access-token', jti: token.jti, scopes: token.scopes },
          })),
        ),
      ),
    );
  }

  function notRevoked(token: VerifiedToken): Maybe<void> {
    if (token.grant === undefined) return;
    return after(principals.grant.get(token.grant), (grant) => {
      if (!grant) refuse('The access token was revoked.');
    });
  }

  function personOf(token: VerifiedToken): Maybe<Person> {
    const known = (id: string) =>
      after(principals.person.get(id), (person) => person ?? refuse('The account of this token is not active.'));
    return after(principals.subject.get(subjectKey(needs.issuerName, token.subject)), (found) =>
      found
        ? known(found.person)
        : needs.welcome(token).then((id) => known(id ?? refuse('There is no account for the subject of this token.'))),
    );
  }

  type SessionRequest = { method: string; headers: IncomingHttpHeaders };

  function bySession(secret: string, request: SessionRequest, wanted?: string): Maybe<Authenticated> {
    return after(principals.session.get(digestOf(secret)), (session) => {
      if (!session || usage.isOver(session.expires_at)) return none;
      const goesOn = needs.sessionCheck?.goesOn(session, secret) ?? true;
      return after(goesOn, (good) => (good ? ofSession(session, request, wanted) : none));
    });
  }

  function ofSession(session: SessionRow, request: SessionRequest, wanted?: string): Maybe<Authenticated> {
    return after(principals.person.get(session.person_id), (person): Maybe<Authenticated> => {
      if (!person) return none;
      cookies.refuseOtherSites(request);
      usage.session(session);
      return after(actorIn(person, wanted), (actor) => ({
        actor,
        credential: { kind: 'session', sessionId: session.id },
      }));
    });
  }

  return (request) => {
    const { headers } = request;
    const wanted = wantedOrganisation(headers);
    const { authorization } = headers;
    if (authorization !== undefined) {
      const bearer = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
      if (!bearer) return refuse('The Authorization header takes “Bearer” and a token.');
      return bearer.startsWith(tokenPrefix) ? byPersonalToken(bearer, wanted) : byAccessToken(bearer, wanted);
    }
    const secret = cookies.read(headers, cookies.session);
    return secret ? bySession(secret, request, wanted) : none;
  };
}

function wantedOrganisation(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['tc-organization'];
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string' || !isUuid.test(given)) throw new NotFound({ what: 'organisation' });
  return given.toLowerCase();
}
