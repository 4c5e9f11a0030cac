import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

// An answer as the database keeps it for a request that may come again. Answers may hold what is shown once and kept
// nowhere, a new token or a link, so each is sealed with the Idempotency-Key of its client, of which the database has a
// digest alone: whoever reads the database, or a backup of it, can open none. That is as strong as the key is random.

const [ivBytes, tagBytes] = [12, 16];

export type KeptAnswer = {
  /** What the database knows the key by. */
  readonly name: string;
  seal(answer: unknown): string;
  open(sealed: string): unknown;
};

export function keptAnswer(idempotencyKey: string): KeptAnswer {
  const name = hash('sha256', `task-connect idempotency ${idempotencyKey}`, 'base64url');
  const key = () => Buffer.from(hkdfSync('sha256', idempotencyKey, name, 'task-connect kept answer', 32));
  return {
    name,
    seal(answer) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key(), iv);
      const data = Buffer.concat([cipher.update(JSON.stringify(answer ?? null), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const cipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
      cipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const data = bytes.subarray(ivBytes + tagBytes);
      return JSON.parse(Buffer.concat([cipher.update(data), cipher.final()]).toString('utf8'));
    },
  };
}
