import { statement } from '@task-connect/sdk';
import type { Platform } from '../platform.ts';

export type PersonRow = { id: string; address: string | null; active: boolean; personalOrganisation: string };

const columns = 'id, address, active, personal_organisation_id as "personalOrganisation"';

const byAddress = statement<[address: string], PersonRow>(
  'cli.person-by-address',
  `select ${columns} from person where lower(address) = lower($1)`,
);

export async function personByAddress(platform: Platform, address: string): Promise<PersonRow | undefined> {
  const [row] = await platform.pools.database('users').query(byAddress, [address]);
  return row;
}

const firstAdministratorRow = statement<[], PersonRow>(
  'cli.first-administrator',
  `select ${columns} from person where 'administrator' = any (platform_roles) order by created_at, id limit 1`,
);

export async function firstAdministrator(platform: Platform): Promise<PersonRow | undefined> {
  const [row] = await platform.pools.database('users').query(firstAdministratorRow, []);
  return row;
}

const membership = statement<[organisation: string, person: string], { role: string }>(
  'cli.membership',
  'select role from membership where organisation_id = $1 and person_id = $2',
);

export async function isMember(platform: Platform, organisation: string, person: string): Promise<boolean> {
  const rows = await platform.pools.database('users').query(membership, [organisation, person]);
  return rows.length > 0;
}
