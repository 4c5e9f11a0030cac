import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

// The refresh token of a session, sealed with the secret that its browser holds (AES-256-GCM, RFC 5288’s sizes): the
// database holds that secret’s digest alone, so neither a copy of the database nor our own keys open what is here.

const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'task-connect refresh token', 32));

export function sealToken(secret: string, token: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const content = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url');
}

/** undefined: it was sealed with another secret, or changed since. */
export function openToken(secret: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
