import { statement, type Tx } from '@task-connect/sdk';

const counts = statement<[person: string], { name: string; notes: number }>(
  'notes.labels',
  `select label as name, count(*)::int as notes
   from note n left join note_mark m on m.person_id = $1 and m.note_id = n.id, unnest(n.labels) as label
   where n.trashed_at is null and m.archived_at is null
   group by label order by count(*) desc, label`,
);

/** The labels of the notes on the acting person’s wall, counted now. */
export const labelCounts = (tx: Tx, person: string) => tx.query(counts, [person]);

const places = statement<[person: string], { notes: number; shared: number; archived: number; trashed: number }>(
  'notes.place-counts',
  `select count(*) filter (where trashed_at is null and archived_at is null)::int as notes,
     count(*) filter (where trashed_at is null and (owner_id <> $1
       or cardinality(viewers) + cardinality(editors) + cardinality(viewer_organisations)
        + cardinality(editor_organisations) > 0))::int as shared,
     count(*) filter (where trashed_at is null and archived_at is not null)::int as archived,
     count(*) filter (where trashed_at is not null and owner_id = $1)::int as trashed
   from note n left join note_mark m on m.person_id = $1 and m.note_id = n.id`,
);

/** How many notes the acting person has where. */
export async function placeCounts(tx: Tx, person: string) {
  const [row] = await tx.query(places, [person]);
  return row!;
}

const withLabel = statement<[label: string], { id: string }>(
  'notes.lock-with-label',
  'select id from note where labels @> array[$1] and trashed_at is null order by id for no key update',
);

/** Ids of the notes with a label that the acting person may change, held for it. */
export const lockNotesWithLabel = async (tx: Tx, label: string): Promise<string[]> =>
  (await tx.query(withLabel, [label])).map(({ id }) => id);
