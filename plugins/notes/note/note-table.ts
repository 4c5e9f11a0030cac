import { statement, type Tx } from '@task-connect/sdk';
import type { Colour, Preview } from './note.ts';

export type NoteRow = {
  id: string;
  organisation_id: string;
  owner_id: string;
  viewers: string[];
  editors: string[];
  viewer_organisations: string[];
  editor_organisations: string[];
  title: string;
  text: string;
  own_labels: string[];
  tags: string[];
  labels: string[];
  preview: Preview;
  attachments: number;
  public_token: string | null;
  ref_plugin: string | null;
  ref_kind: string | null;
  ref_id: string | null;
  created_at: string;
  updated_at: string;
  updated_by: string;
  trashed_at: string | null;
  version: number;
  pinned: boolean | null;
  colour: Colour;
  archived_at: string | null;
};

/** Of a card: all but the text. */
export const cardColumns = `n.id, n.organisation_id, n.owner_id, n.viewers, n.editors, n.viewer_organisations,
  n.editor_organisations, n.title, n.own_labels, n.tags, n.labels, n.preview, n.attachments, n.public_token, n.ref_plugin,
  n.ref_kind, n.ref_id, n.created_at, n.updated_at, n.updated_by, n.trashed_at, n.version, m.pinned, m.colour, m.archived_at`;

const find = statement<[id: string, person: string], NoteRow>(
  'notes.find',
  `select ${cardColumns}, n.text from note n left join note_mark m on m.person_id = $2 and m.note_id = n.id
   where n.id = $1`,
);

/** A note that the acting person sees, in the trash or not, with their own marks. */
export async function findNote(tx: Tx, id: string, person: string): Promise<NoteRow | undefined> {
  const [row] = await tx.query(find, [id, person]);
  return row;
}

const lock = statement<[id: string], { id: string }>(
  'notes.lock',
  'select id from note where id = $1 for no key update',
);

/** The same, held for a change until the transaction ends; undefined where the acting person may not change it. */
export async function lockNote(tx: Tx, id: string, person: string): Promise<NoteRow | undefined> {
  const [locked] = await tx.query(lock, [id]);
  return locked && findNote(tx, id, person);
}

/** What is worked out of title, text, labels and names of files. */
export type Derived = {
  tags: string[];
  labels: string[];
  label_keys: string[];
  search_text: string;
  preview: Preview;
  has: string[];
};

const insert = statement<
  [
    organisation: string,
    owner: string,
    title: string,
    text: string,
    ownLabels: string[],
    tags: string[],
    labels: string[],
    keys: string[],
    search: string,
    preview: string,
    has: string[],
    refPlugin: string | null,
    refKind: string | null,
    refId: string | null,
    at: string,
  ],
  { id: string }
>(
  'notes.insert',
  `insert into note (organisation_id, owner_id, title, text, own_labels, tags, labels, label_keys, search_text, preview, has,
     ref_plugin, ref_kind, ref_id, created_at, updated_at, updated_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14, $15, $15, $2) returning id`,
);

export type NewNoteRow = Derived & {
  title: string;
  text: string;
  own_labels: string[];
  ref_plugin: string | null;
  ref_kind: string | null;
  ref_id: string | null;
};

export async function insertNote(
  tx: Tx,
  { organisation, person }: { organisation: string; person: string },
  note: NewNoteRow,
  at: string,
): Promise<string> {
  const [row] = await tx.query(insert, [
    organisation,
    person,
    note.title,
    note.text,
    note.own_labels,
    note.tags,
    note.labels,
    note.label_keys,
    note.search_text,
    JSON.stringify(note.preview),
    note.has,
    note.ref_plugin,
    note.ref_kind,
    note.ref_id,
    at,
  ]);
  return row!.id;
}

const update = statement<
  [
    id: string,
    title: string,
    text: string,
    ownLabels: string[],
    tags: string[],
    labels: string[],
    keys: string[],
    search: string,
    preview: string,
    has: string[],
    refPlugin: string | null,
    refKind: string | null,
    refId: string | null,
    at: string,
    by: string,
  ],
  { version: number }
>(
  'notes.update',
  `update note set title = $2, text = $3, own_labels = $4, tags = $5, labels = $6, label_keys = $7, search_text = $8,
     preview = $9::jsonb, has = $10, ref_plugin = $11, ref_kind = $12, ref_id = $13, updated_at = $14, updated_by = $15,
     version = version + 1
   where id = $1 returning version`,
);

/** Writes what a note says; its version grows. */
export async function updateNote(
  tx: Tx,
  note: NewNoteRow & { id: string },
  by: { person: string; at: string },
): Promise<number> {
  const [row] = await tx.query(update, [
    note.id,
    note.title,
    note.text,
    note.own_labels,
    note.tags,
    note.labels,
    note.label_keys,
    note.search_text,
    JSON.stringify(note.preview),
    note.has,
    note.ref_plugin,
    note.ref_kind,
    note.ref_id,
    by.at,
    by.person,
  ]);
  return row!.version;
}

/** Columns that are changed without a new version of what the note says. */
export async function updateAside(
  tx: Tx,
  id: string,
  columns: Partial<
    Pick<
      NoteRow,
      | 'viewers'
      | 'editors'
      | 'viewer_organisations'
      | 'editor_organisations'
      | 'public_token'
      | 'trashed_at'
      | 'attachments'
      | 'preview'
    > & { search_text: string; has: string[] }
  >,
): Promise<void> {
  const { preview, ...rest } = columns;
  await tx
    .knex('note')
    .where('id', id)
    .update({ ...rest, ...(preview && { preview: JSON.stringify(preview) }) });
}

const remove = statement<[id: string], unknown>('notes.delete', 'delete from note where id = $1');

export async function deleteNote(tx: Tx, id: string): Promise<void> {
  await tx.query(remove, [id]);
}

const mark = statement<
  [person: string, note: string, pinned: boolean, colour: string | null, archivedAt: string | null],
  unknown
>(
  'notes.mark',
  `insert into note_mark (person_id, note_id, pinned, colour, archived_at) values ($1, $2, $3, $4, $5)
   on conflict (person_id, note_id) do update set pinned = $3, colour = $4, archived_at = $5`,
);

/** Pin, colour and archive, of the acting person. */
export async function markNote(
  tx: Tx,
  person: string,
  note: string,
  { pinned, colour, archivedAt }: { pinned: boolean; colour: Colour; archivedAt: string | null },
): Promise<void> {
  await tx.query(mark, [person, note, pinned, colour, archivedAt]);
}
