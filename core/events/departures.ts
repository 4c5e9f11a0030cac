import { statement } from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';

// How many departures are kept: enough to look into what a person has just seen fail, and small. They are cut by their
// event ids, which are drawn in the order of time, so there is no second index to keep.

const kept = 100_000;
const cutEvery = 5000;

const cut = statement<[kept: number], never>(
  'tc.departure.cut',
  `delete from tc.departure where event_id <= (select event_id from tc.departure order by event_id desc offset $1 limit 1)`,
);

export const forgetOldDepartures = statement<[before: string], never>(
  'tc.departure.forget',
  'delete from tc.departure where left_at < $1',
);

/** Cuts what is too much, once in so many events. */
export function makeDepartures(limit = { kept, cutEvery }) {
  let sinceCut = 0;
  return {
    async left(tx: Queries, count: number): Promise<void> {
      sinceCut += count;
      if (sinceCut < limit.cutEvery) return;
      sinceCut = 0;
      await tx.query(cut, [limit.kept]);
    },
  };
}
