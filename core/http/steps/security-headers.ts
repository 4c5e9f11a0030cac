import type { Exchange, Step } from '../exchange.ts';

// What a browser is told about every answer. An answer of the API is data: nothing in it may run, be framed, or be
// taken for another type. Pages add their own policy (console, reference); the provider’s pages bring theirs.

const always = [
  'X-Content-Type-Options',
  'nosniff',
  'Referrer-Policy',
  'same-origin',
  'Cross-Origin-Resource-Policy',
  'same-origin',
];

export const apiPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Headers of an answer of the API. What is not said to be kept is kept by nobody. */
export function securityHeaders(publicUrl: string): Step {
  const headers = [...always, ...transport(publicUrl), 'Content-Security-Policy', apiPolicy];
  return (exchange) => {
    exchange.answer.push(...headers);
  };
}

/** Headers of a page; `policy` is its Content-Security-Policy. */
export function pageHeaders(publicUrl: string): (exchange: Exchange) => void {
  const headers = [
    ...always,
    ...transport(publicUrl),
    'Cross-Origin-Opener-Policy',
    'same-origin',
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  ];
  return ({ answer }) => {
    answer.push(...headers);
  };
}

// Of this host alone: hosts below it may be somebody else’s, and do without https.
const transport = (publicUrl: string): string[] =>
  publicUrl.startsWith('https:') ? ['Strict-Transport-Security', 'max-age=31536000'] : [];
