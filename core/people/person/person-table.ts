import { statement } from '@task-connect/sdk';
import type { Account } from './person.ts';

export type ProfileRow = {
  id: string;
  name: string;
  address: string | null;
  zone: string;
  locale: string;
  weekStart: number;
  preferences: Record<string, unknown>;
};

const profile = `id, name, address, zone, locale, week_start as "weekStart", preferences`;

export const findProfile = statement<[id: string], ProfileRow>(
  'people.find-profile',
  `select ${profile} from person where id = $1`,
);

export const changeProfile = statement<
  [
    id: string,
    name: string | null,
    zone: string | null,
    locale: string | null,
    weekStart: number | null,
    preferences: string | null,
  ],
  ProfileRow
>(
  'people.change-profile',
  `update person set name = coalesce($2, name), zone = coalesce($3, zone), locale = coalesce($4, locale),
     week_start = coalesce($5, week_start),
     preferences = (preferences || coalesce($6::jsonb, '{}'))
       - array(select key from jsonb_each(coalesce($6::jsonb, '{}')) where value = 'null'),
     version = version + 1
   where id = $1 returning ${profile}`,
);

const account = `p.id, p.name, p.address, p.address_verified_at is not null as "addressVerified", p.active,
  p.platform_roles as "platformRoles", p.created_at as "createdAt", p.version,
  greatest((select max(s.last_seen_at) from session s where s.person_id = p.id),
    (select max(t.last_used_at) from personal_token t where t.person_id = p.id)) as "lastSeenAt"`;

const matching = `($1::text is null or position(lower($1) in lower(p.name || ' ' || coalesce(p.address, ''))) > 0)
  and ($2::boolean is null or p.active = $2)
  and ($3::boolean is null or (p.address_verified_at is not null) = $3)
  and ($4::text is null or $4 = any (p.platform_roles))`;

type Filter = [text: string | null, active: boolean | null, verified: boolean | null, role: string | null];

export const listAccounts = statement<
  [...Filter, afterName: string | null, afterId: string | null, limit: number],
  Account & { sortName: string }
>(
  'people.list-accounts',
  `select ${account}, lower(p.name) as "sortName" from person p
   where ${matching} and ($5::text is null or (lower(p.name), p.id) > ($5, $6::uuid))
   order by lower(p.name), p.id limit $7`,
);

export const countAccounts = statement<Filter, { total: number }>(
  'people.count-accounts',
  `select count(*)::int as total from person p where ${matching}`,
);

export const findAccount = statement<[id: string], Account>(
  'people.find-account',
  `select ${account} from person p where p.id = $1`,
);

export const changeAccount = statement<[id: string, active: boolean, platformRoles: string[]], { version: number }>(
  'people.change-account',
  'update person set active = $2, platform_roles = $3, version = version + 1 where id = $1 returning version',
);

/** One change of administrators at a time: two could otherwise each count on the other. */
export const lockAdministrators = statement<[], { id: string }>(
  'people.lock-administrators',
  `select id from person where active and 'administrator' = any (platform_roles) order by id for update`,
);
