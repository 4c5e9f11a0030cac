import { statement, type Tx } from '@task-connect/sdk';
import { noPreferences, type Preferences } from './preference.ts';

type Owner = { organisation: string; person: string };

const find = statement<[organisation: string, person: string], Preferences>(
  'tasks.find-preferences',
  `select working_hours as "workingHours", timer_follows_status as "timerFollowsStatus" from person_preference
   where organisation_id = $1 and person_id = $2`,
);

/** What a person chose; all null where they chose nothing. */
export async function preferencesOf(tx: Tx, { organisation, person }: Owner): Promise<Preferences> {
  const [row] = await tx.query(find, [organisation, person]);
  return row ?? noPreferences;
}

const keep = statement<
  [organisation: string, person: string, workingHours: string | null, timerFollowsStatus: boolean | null],
  unknown
>(
  'tasks.keep-preferences',
  `insert into person_preference (organisation_id, person_id, working_hours, timer_follows_status)
   values ($1, $2, $3::jsonb, $4)
   on conflict (organisation_id, person_id) do update set working_hours = excluded.working_hours,
     timer_follows_status = excluded.timer_follows_status`,
);

export async function keepPreferences(tx: Tx, { organisation, person }: Owner, chosen: Preferences): Promise<void> {
  const hours = chosen.workingHours && JSON.stringify(chosen.workingHours);
  await tx.query(keep, [organisation, person, hours, chosen.timerFollowsStatus]);
}
