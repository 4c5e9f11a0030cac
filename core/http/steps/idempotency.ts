import { hash } from 'node:crypto';
import { declareProblem } from '@task-connect/sdk';
import { KeyUsedDifferently } from '../../kernel/idempotency.ts';
import type { WorkScope } from '../../kernel/registry.ts';
import type { Exchange } from '../exchange.ts';
import { keptAnswer } from '../kept-answer.ts';

// A key that the client made up, so that it may send the same request again when it heard no answer. Here the key is
// read; the unit of work keeps its name with the sealed answer, in the transaction of the change.

type Work = (context: unknown) => Promise<unknown>;

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

/** What the request stands for: the same key with another request is a mistake of the client. */
function fingerprintOf({ method, path, search, bodyBytes }: Exchange): string {
  return hash('sha256', `${method} ${path}?${search}\n${bodyBytes?.toString('latin1') ?? ''}`, 'base64url');
}

/** Runs the work of a request that has a key, or gives the answer that it had the first time. */
export async function onceByKey(exchange: Exchange, scope: WorkScope, work: Work): Promise<unknown> {
  const idempotencyKey = exchange.idempotencyKey!;
  const kept = keptAnswer(idempotencyKey);
  let first: { answer: unknown } | undefined;
  try {
    const sealed = await exchange.route!.plugin!.unitOfWork(
      { ...scope, idempotency: { key: kept.name, fingerprint: fingerprintOf(exchange) } },
      async (context) => {
        first = { answer: await work(context) };
        return kept.seal(first.answer);
      },
    );
    if (first) return first.answer;
    exchange.answer.push('Idempotency-Replayed', 'true');
    return kept.open(sealed);
  } catch (error) {
    // The kernel knows the key by another name.
    throw error instanceof KeyUsedDifferently ? new KeyUsedDifferently({ key: idempotencyKey }) : error;
  }
}
