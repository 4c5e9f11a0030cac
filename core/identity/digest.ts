import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

// Secrets that somebody carries (session ids, tokens, codes) are kept as SHA-256 alone: they have 256 bits of their own,
// so a slow hash would add nothing, and who reads the database cannot use what is there.

export const digestOf = (secret: string): string => hash('sha256', secret, 'base64url');

/** 256 random bits, 43 characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const sign = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
