import { decodeCursor, statement, type Tx, toPage } from '@task-connect/sdk';
import { z } from 'zod';
import type { FieldNote, FieldNoteQuery } from './field-note.ts';

type FieldNoteRow = { id: string; text: string; added_by: string; added_at: string };

const columns = 'id, text, added_by, added_at';

const toFieldNote = (row: FieldNoteRow): FieldNote => ({
  id: row.id,
  text: row.text,
  addedBy: row.added_by,
  addedAt: row.added_at,
});

const insert = statement<[organisation: string, text: string, addedBy: string, addedAt: string], FieldNoteRow>(
  'field-notes.insert-field-note',
  `insert into field_note (organisation_id, text, added_by, added_at) values ($1, $2, $3, $4) returning ${columns}`,
);

export async function insertFieldNote(
  tx: Tx,
  ...values: [organisation: string, text: string, addedBy: string, addedAt: string]
): Promise<FieldNote> {
  const [row] = await tx.query(insert, values);
  return toFieldNote(row!);
}

const page = statement<[organisation: string, at: string | null, id: string | null, limit: number], FieldNoteRow>(
  'field-notes.page-of-field-notes',
  `select ${columns} from field_note
   where organisation_id = $1 and ($2::timestamptz is null or (added_at, id) < ($2, $3::uuid))
   order by added_at desc, id desc limit $4`,
);

const cursor = z.tuple([z.string(), z.uuid()]);

/** One page, the newest first. */
export async function pageOfFieldNotes(tx: Tx, organisation: string, query: FieldNoteQuery) {
  const [at = null, id = null] = decodeCursor(query.cursor, cursor) ?? [];
  const rows = await tx.query(page, [organisation, at, id, query.limit + 1]);
  return toPage(rows, query.limit, (row) => [row.added_at, row.id], toFieldNote);
}
