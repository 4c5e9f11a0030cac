import { type Contact, type OrganisationRole, type People, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';

// People as plugins may ask for them (SDK), as they are at this moment.

const contactsOf = statement<[ids: string[]], Contact>(
  'identity.contacts',
  'select id as person, name, address, zone, locale from person where id = any ($1) and active',
);

const membersOf = statement<[organisation: string], { person: string; role: OrganisationRole }>(
  'identity.members',
  `select m.person_id as person, m.role from membership m join person p on p.id = m.person_id
   where m.organisation_id = $1 and p.active order by m.joined_at, m.person_id`,
);

const allOrganisations = statement<[], { id: string }>(
  'identity.organisations',
  'select id from organisation order by id',
);

export const organisationIds = async (database: Database): Promise<string[]> =>
  (await database.query(allOrganisations, [])).map(({ id }) => id);

export const makeContacts = (database: Database): People => ({
  contact: (ids) => (ids.length === 0 ? Promise.resolve([]) : database.query(contactsOf, [[...new Set(ids)]])),
  members: (organisation) => database.query(membersOf, [organisation]),
});
