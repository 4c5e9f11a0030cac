import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '@task-connect/sdk';

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
