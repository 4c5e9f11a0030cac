import { Unavailable } from '@task-connect/sdk';
import * as openid from 'openid-client';
import type { Fetch } from './in-process-fetch.ts';

// How this process reaches an issuer whose public name may lead somewhere else from here, or nowhere: tokens and browsers
// go by the issuer’s one name, our own requests to TC_OIDC_BACK_CHANNEL_URL, which stands for it.

export type BackChannel = {
  /** An address of the issuer’s, as this process reaches it. */
  at(url: string): string;
  /** As `fetch`, but to where `at` leads, and for no longer than an answer takes that is still of use. */
  fetch: Fetch;
  /** Whether anything is sent without encryption. */
  plain: boolean;
};

/** Milliseconds. A sign-in waits for it, and a request whose session is looked at. */
export const patience = 5_000;

export function makeBackChannel({ issuer, address }: { issuer: string; address: string | undefined }): BackChannel {
  const from = issuer.replace(/\/$/, '');
  const to = address === undefined ? from : standIn(new URL(issuer), new URL(address));
  const isOfIssuer = (url: string) => url === from || url.startsWith(`${from}/`);
  const at = (url: string) => (isOfIssuer(url) ? to + url.slice(from.length) : url);
  return {
    at,
    plain: from.startsWith('http:') || to.startsWith('http:'),
    fetch: (url, { method = 'GET', headers, body }) =>
      fetch(at(url), {
        method,
        headers,
        body: body as RequestInit['body'],
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      } as RequestInit),
  };
}

/** An address without a path is another host for the same path. */
function standIn(issuer: URL, address: URL): string {
  if (address.pathname === '/') address.pathname = issuer.pathname;
  return address.href.replace(/\/$/, '');
}

/** Whether an error says that the issuer is not there, or is not itself, and not that it refuses. */
export function isIssuerAway(error: unknown): boolean {
  if (error instanceof Unavailable) return true;
  if (error instanceof openid.ResponseBodyError) return error.status >= 500;
  if (error instanceof openid.ClientError) {
    const status = error.cause instanceof Response ? error.cause.status : 0;
    return (
      error.code === 'OAUTH_TIMEOUT' ||
      error.code === 'OAUTH_ABORT' ||
      error.code === 'OAUTH_RESPONSE_IS_NOT_JSON' ||
      (error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' && (status >= 500 || status === 404))
    );
  }
  // What fetch throws: no connection, or one that ended early.
  if (error instanceof DOMException) return error.name === 'TimeoutError' || error.name === 'AbortError';
  return error instanceof TypeError && error.message === 'fetch failed';
}

export const issuerAway = () =>
  new Unavailable({ detail: 'The place to sign in at does not answer. Try again soon.', retryAfter: 5 });
