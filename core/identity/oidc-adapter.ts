import type { Clock } from '@task-connect/sdk';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Database } from '../database/database.ts';
import { digestOf } from './digest.ts';
import {
  consumePayload,
  deleteByGrant,
  deletePayload,
  findPayload,
  findPayloadByUid,
  type PayloadRow,
  upsertPayload,
} from './oidc-table.ts';

// Where oidc-provider keeps its state. Ids of what somebody carries are kept as digests, so that a copy of the database
// holds no code and no refresh token that works; only a grant's is no secret, and others refer to it.

type Needs = {
  database: Database;
  clock: Clock;
  /** Thrown to whoever comes second with a code or refresh token that works once. */
  usedAlready: () => Error;
  /** Thrown when a parameter holds what the database cannot. */
  unstorable: () => Error;
};

export const makeAdapter =
  ({ database, clock, usedAlready, unstorable }: Needs) =>
  (type: string): Adapter => {
    const keyOf = (id: string) => (type === 'Grant' ? id : digestOf(id));
    const now = () => clock.now().toString();
    const restore = (row: PayloadRow | undefined, id?: string): AdapterPayload | undefined =>
      row && {
        ...row.payload,
        ...(id !== undefined ? { jti: id } : {}),
        ...(row.consumed !== null ? { consumed: row.consumed } : {}),
      };

    return {
      async upsert(id, payload, expiresIn) {
        const expiresAt = expiresIn
          ? clock
              .now()
              .add({ seconds: Math.ceil(expiresIn) })
              .toString()
          : null;
        const text = JSON.stringify(withoutSecrets(payload));
        if (notInJsonb.test(text)) throw unstorable();
        await database.query(upsertPayload, [
          type,
          keyOf(id),
          text,
          payload.grantId ?? null,
          payload.uid ?? null,
          payload.accountId ?? null,
          expiresAt,
        ]);
      },
      find: async (id) => restore((await database.query(findPayload, [type, keyOf(id), now()]))[0], id),
      findByUid: async (uid) => restore((await database.query(findPayloadByUid, [type, uid, now()]))[0]),
      // No device asks for a code here.
      findByUserCode: async () => undefined,
      async consume(id) {
        const first = await database.query(consumePayload, [type, keyOf(id), now()]);
        if (first.length === 0) throw usedAlready();
      },
      async destroy(id) {
        await database.query(deletePayload, [type, keyOf(id)]);
      },
      async revokeByGrantId(grantId) {
        await database.query(deleteByGrant, [type, grantId]);
      },
    };
  };

function withoutSecrets({ jti: _id, session, ...payload }: AdapterPayload): object {
  if (!session) return payload;
  const { cookie: _cookie, ...rest } = session as { cookie?: string };
  return { ...payload, session: rest };
}

/** Escapes of NUL and of halves of characters, which JSON has and jsonb refuses. */
const notInJsonb = /\\u(0000|d[89ab])/i;
