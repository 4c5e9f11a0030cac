import { statement } from '@task-connect/sdk';

// What the embedded provider keeps: its sessions, interactions, grants, codes and refresh tokens.

export type PayloadRow = { payload: Record<string, unknown>; consumed: number | null };

export const upsertPayload = statement<
  [
    type: string,
    id: string,
    payload: string,
    grantId: string | null,
    uid: string | null,
    accountId: string | null,
    expiresAt: string | null,
  ],
  unknown
>(
  'identity.upsert-payload',
  `insert into oidc_payload (type, id, payload, grant_id, uid, account_id, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (type, id) do update set payload = $3, grant_id = $4, uid = $5, account_id = $6, expires_at = $7`,
);

const found = `select payload, extract(epoch from consumed_at)::int as consumed from oidc_payload
  where (expires_at is null or expires_at > $3)`;

export const findPayload = statement<[type: string, id: string, now: string], PayloadRow>(
  'identity.find-payload',
  `${found} and type = $1 and id = $2`,
);

export const findPayloadByUid = statement<[type: string, uid: string, now: string], PayloadRow>(
  'identity.find-payload-by-uid',
  `${found} and type = $1 and uid = $2`,
);

/** No row: another one was first. */
export const consumePayload = statement<[type: string, id: string, now: string], { id: string }>(
  'identity.consume-payload',
  'update oidc_payload set consumed_at = $3 where type = $1 and id = $2 and consumed_at is null returning id',
);

export const deletePayload = statement<[type: string, id: string], unknown>(
  'identity.delete-payload',
  'delete from oidc_payload where type = $1 and id = $2',
);

export const deleteByGrant = statement<[type: string, grantId: string], unknown>(
  'identity.delete-payloads-of-grant',
  'delete from oidc_payload where type = $1 and grant_id = $2',
);

/** Sessions of the provider with the grants that were given in them, and everything under those grants. */
export const endProviderSessions = statement<[uids: string[]], unknown>(
  'identity.end-provider-sessions',
  `with ended as (
     delete from oidc_payload where type = 'Session' and uid = any ($1) returning payload
   ), given as (
     select entry.value ->> 'grantId' as id
     from ended, jsonb_each(coalesce(ended.payload -> 'authorizations', '{}')) entry
   )
   delete from oidc_payload
   where (type = 'Grant' and id in (select id from given)) or grant_id in (select id from given)`,
);

/** Everything that a person has at the provider. */
export const endAtProvider = statement<[accountId: string], unknown>(
  'identity.end-at-provider',
  'delete from oidc_payload where account_id = $1',
);
