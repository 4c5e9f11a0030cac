import { declareProblem, statement } from '@task-connect/sdk';
import type { OwnedTx } from '../database/unit-of-work.ts';

// A POST with an Idempotency-Key has its effect once: the key and the answer are kept in the transaction of the effect.
// A second request with the key waits for the first one's commit by the unique index, then gets its answer.

export const KeyUsedDifferently = declareProblem<{ key: string }>({
  type: 'idempotency-key-reused',
  status: 422,
  title: 'This Idempotency-Key was used for something else',
  detail: ({ key }) => `The key “${key}” was sent with another request before. Send a new key with a new request.`,
});

type Owner = [person: string, organisation: string, key: string];

const claim = statement<[...Owner, fingerprint: string, at: string], { key: string }>(
  'tc.idempotency.claim',
  `insert into tc.idempotency (person, organisation, key, fingerprint, created_at) values ($1, $2, $3, $4, $5)
   on conflict (person, organisation, key) do nothing returning key`,
);
const find = statement<Owner, { fingerprint: string; response: { body: unknown } }>(
  'tc.idempotency.find',
  'select fingerprint, response from tc.idempotency where person = $1 and organisation = $2 and key = $3',
);
const keep = statement<[...Owner, response: string], never>(
  'tc.idempotency.keep',
  'update tc.idempotency set response = $4::jsonb where person = $1 and organisation = $2 and key = $3',
);
export const forgetOldKeys = statement<[before: string], never>(
  'tc.idempotency.forget',
  'delete from tc.idempotency where created_at < $1',
);

/** Does the work, or gives back what it gave the first time. */
export async function onceByKey<T>(
  tx: OwnedTx,
  request: { person: string; organisation: string; key: string; fingerprint: string; at: string },
  work: () => Promise<T>,
): Promise<T> {
  const owner: Owner = [request.person, request.organisation, request.key];
  const [mine] = await tx.query(claim, [...owner, request.fingerprint, request.at]);
  if (mine) {
    const result = await work();
    tx.defer(keep, [...owner, JSON.stringify({ body: result ?? null })]);
    return result;
  }
  const [kept] = await tx.query(find, owner);
  if (kept?.fingerprint !== request.fingerprint) throw new KeyUsedDifferently({ key: request.key });
  return kept.response.body as T;
}
