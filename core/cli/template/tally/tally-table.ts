import { statement, type Tx } from '@task-connect/sdk';
import type { Tally } from './tally.ts';

const add = statement<[organisation: string, person: string], unknown>(
  'field-notes.add-to-tally',
  `insert into tally (organisation_id, person_id, count) values ($1, $2, 1)
   on conflict (organisation_id, person_id) do update set count = tally.count + 1`,
);

export async function addToTally(tx: Tx, organisation: string, person: string): Promise<void> {
  await tx.query(add, [organisation, person]);
}

const all = statement<[organisation: string], Tally['items'][number]>(
  'field-notes.tally',
  'select person_id as person, count from tally where organisation_id = $1 order by count desc, person_id',
);

export const tallyOf = (tx: Tx, organisation: string) => tx.query(all, [organisation]);
