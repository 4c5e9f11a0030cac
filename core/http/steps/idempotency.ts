import { hash } from 'node:crypto';
import { declareProblem } from '@task-connect/sdk';
import type { WorkScope } from '../../kernel/registry.ts';
import type { Exchange } from '../exchange.ts';

// A key that the client made up, so that it may send the same request again when it heard no answer. Here the key is
// read; the unit of work keeps it with the answer, in the transaction of the change.

const BadIdempotencyKey = declareProblem({
  type: 'bad-idempotency-key',
  status: 400,
  title: 'Idempotency-Key cannot be read',
  detail: () => 'Send 1 to 255 printable ASCII characters, such as a UUID.',
});

const printable = /^[\x20-\x7e]{1,255}$/;

export function idempotencyKey(exchange: Exchange): void {
  const key = exchange.headers['idempotency-key'];
  // Other methods may be repeated as they are (RFC 9110 §9.2.2), PATCH excepted.
  if (key === undefined || (exchange.method !== 'POST' && exchange.method !== 'PATCH')) return;
  if (typeof key !== 'string' || !printable.test(key)) throw new BadIdempotencyKey({});
  exchange.idempotencyKey = key;
}

/** The key with what it stands for: the same key with another request is a mistake of the client. */
export function idempotencyOf(exchange: Exchange): WorkScope['idempotency'] {
  const key = exchange.idempotencyKey!;
  const request = `${exchange.method} ${exchange.path}?${exchange.search}\n${exchange.bodyBytes?.toString('latin1') ?? ''}`;
  return { key, fingerprint: hash('sha256', request, 'base64url') };
}
