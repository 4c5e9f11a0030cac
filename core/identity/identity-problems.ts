import { declareProblem } from '@task-connect/sdk';

/** A header value takes neither quotes nor other letters than ASCII. */
const quotable = (text: string) => text.replace(/[^\x20-\x7e]/g, '').replaceAll('"', "'");

export const CredentialRefused = declareProblem({
  type: 'identity/credential-refused',
  status: 401,
  title: 'The credential is not good',
  detail: (f: { reason: string }) => `${f.reason} Sign in again, or send a token that is good.`,
  headers: (f) => ({
    'WWW-Authenticate': `Bearer error="invalid_token", error_description="${quotable(f.reason)}"`,
  }),
});

export const CrossSiteWrite = declareProblem({
  type: 'identity/cross-site-write',
  status: 403,
  title: 'A write from another site',
  detail: (f: { missing: string }) =>
    `With the session cookie, changes are taken from the console’s own pages alone: ${f.missing}. Use a token to call from elsewhere.`,
});

export const AddressTaken = declareProblem({
  type: 'identity/address-taken',
  status: 409,
  title: 'There is an account with this address',
  detail: (f: { address: string }) =>
    `${f.address} has an account already. Take another address, or reset its password.`,
});
