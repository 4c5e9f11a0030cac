import { statement } from '@task-connect/sdk';
import type { Token } from './token.ts';

const columns = `id, name, scopes, organisation_id as organisation, created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt"`;

export const tokensOf = statement<[person: string], Token>(
  'people.tokens-of',
  `select ${columns} from personal_token where person_id = $1 and revoked_at is null order by created_at desc, id desc`,
);

export const findToken = statement<[id: string, person: string], Token>(
  'people.find-token',
  `select ${columns} from personal_token where id = $1 and person_id = $2 and revoked_at is null`,
);

export const revokeToken = statement<[id: string, person: string, now: string], { name: string }>(
  'people.revoke-token',
  'update personal_token set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at is null returning name',
);
