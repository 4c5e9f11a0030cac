import { statement } from '@task-connect/sdk';

// What links our people to those of another issuer. Statements of core alone, run with reach system.

export type LinkedRow = {
  name: string;
  address: string | null;
  verified: boolean;
  active: boolean;
  /** Who they are there. */
  subjects: string[];
};

export const findLinked = statement<[person: string, issuer: string], LinkedRow>(
  'identity.find-linked',
  `select p.name, p.address, p.address_verified_at is not null as verified, p.active,
     array(select i.subject from identity i where i.person_id = p.id and i.issuer = $2 order by i.created_at) as subjects
   from person p where p.id = $1`,
);

export const link = statement<[issuer: string, subject: string, person: string, at: string], unknown>(
  'identity.link',
  `insert into identity (issuer, subject, person_id, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
);

export type WatchedRow = { subject: string; person: string; suspended: boolean };

/** Whom tokens let act without a look at the issuer, and whom that has suspended before. */
export const watched = statement<[issuer: string, after: string, now: string, limit: number], WatchedRow>(
  'identity.watched',
  `select i.subject, i.person_id as person, i.suspended from identity i join person p on p.id = i.person_id
   where i.issuer = $1 and i.subject > $2 and p.active and (i.suspended or exists (
     select 1 from personal_token t where t.person_id = i.person_id and t.revoked_at is null
       and (t.expires_at is null or t.expires_at > $3)))
   order by i.subject limit $4`,
);

/** The person is named to all processes, as if the row of the person had changed. */
export const suspend = statement<[issuer: string, subject: string, suspended: boolean], { person: string }>(
  'identity.suspend',
  `with changed as (
     update identity set suspended = $3 where issuer = $1 and subject = $2 and suspended <> $3 returning person_id
   )
   select person_id as person, pg_notify('identity', 'person ' || person_id) from changed`,
);
