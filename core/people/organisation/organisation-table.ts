import { statement } from '@task-connect/sdk';
import type { Organisation, OwnOrganisation } from './organisation.ts';

const columns = `o.id, o.name, o.personal_of is not null as personal, o.created_at as "createdAt", o.version`;

/** The personal one first. */
export const organisationsOf = statement<[person: string], OwnOrganisation>(
  'people.organisations-of',
  `select o.id, o.name, m.role, o.personal_of is not null as personal
   from membership m join organisation o on o.id = m.organisation_id
   where m.person_id = $1 order by o.personal_of is null, lower(o.name), o.id`,
);

export const findOrganisation = statement<[id: string, person: string], Organisation>(
  'people.find-organisation',
  `select ${columns} from organisation o
   where o.id = $1 and exists (select 1 from membership m where m.organisation_id = o.id and m.person_id = $2)`,
);

/** Within the organisation that one acts in; others wait for this change. */
export const lockOrganisation = statement<[id: string, actingIn: string], Organisation>(
  'people.lock-organisation',
  `select ${columns} from organisation o where o.id = $1 and o.id = $2 for update`,
);

export const insertOrganisation = statement<[name: string, now: string], Organisation>(
  'people.insert-organisation',
  `insert into organisation as o (name, created_at) values ($1, $2) returning ${columns}`,
);

export const renameOrganisation = statement<[id: string, name: string], Organisation>(
  'people.rename-organisation',
  `update organisation o set name = $2, version = version + 1 where id = $1 returning ${columns}`,
);
