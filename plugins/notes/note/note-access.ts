import { type Actor, declareProblem, notFound, type Tx } from '@task-connect/sdk';
import type { Access, Grant, NoteCard } from './note.ts';
import { findNote, lockNote, type NoteRow } from './note-table.ts';

export const NoteReadOnly = declareProblem({
  type: 'notes/read-only',
  status: 403,
  title: 'This note is shared with you to be read',
  detail: () => 'You may read this note and not change it. Its owner can let you.',
});

export const NoteNotYours = declareProblem({
  type: 'notes/not-yours',
  status: 403,
  title: 'This is its owner’s to do',
  detail: (f: { what: string }) => `Only its owner may ${f.what} this note.`,
});

export const NoteInTrash = declareProblem({
  type: 'notes/in-trash',
  status: 409,
  title: 'This note is in the trash',
  detail: () => 'Bring it back from the trash first.',
});

export type Acting = Pick<Actor, 'person' | 'organisation'>;

/** What the acting person may do with a note that they see; the database’s policies say the same. */
export function accessOf(row: NoteRow, { person, organisation }: Acting): Access {
  const isHere = row.organisation_id === organisation;
  if (isHere && row.owner_id === person) return 'owner';
  if ((isHere && row.editors.includes(person)) || row.editor_organisations.includes(organisation)) return 'edit';
  return 'view';
}

/** A note that is not in the trash, unless its owner looks. */
export async function seenNote(tx: Tx, acting: Acting, id: string): Promise<NoteRow> {
  const row = await findNote(tx, id, acting.person);
  if (!row || (row.trashed_at && accessOf(row, acting) !== 'owner')) notFound('note', id);
  return row;
}

/** A note that the acting person may change, held for the change. */
export async function noteToChange(tx: Tx, acting: Acting, id: string): Promise<NoteRow> {
  const seen = await seenNote(tx, acting, id);
  if (seen.trashed_at) throw new NoteInTrash({});
  const row = await lockNote(tx, id, acting.person);
  if (!row) throw new NoteReadOnly({});
  return row;
}

/** One’s own note, held; `what` is what only its owner may do with it. */
export async function ownNote(tx: Tx, acting: Acting, id: string, what: string): Promise<NoteRow> {
  const seen = await seenNote(tx, acting, id);
  if (accessOf(seen, acting) !== 'owner') throw new NoteNotYours({ what });
  return (await lockNote(tx, id, acting.person)) ?? notFound('note', id);
}

const grantsOf = (row: NoteRow): Grant[] => [
  ...row.editors.map((id) => ({ kind: 'person' as const, id, access: 'edit' as const })),
  ...row.viewers.map((id) => ({ kind: 'person' as const, id, access: 'view' as const })),
  ...row.editor_organisations.map((id) => ({ kind: 'organisation' as const, id, access: 'edit' as const })),
  ...row.viewer_organisations.map((id) => ({ kind: 'organisation' as const, id, access: 'view' as const })),
];

/** Whom it is shared with, as far as one may know: another organisation’s people learn of themselves alone. */
function grantsShownTo(row: NoteRow, { organisation }: Acting): Grant[] {
  const all = grantsOf(row);
  return row.organisation_id === organisation ? all : all.filter(({ id }) => id === organisation);
}

/** What a note and its card have in common. */
export const commonOf = (row: NoteRow, acting: Acting) => ({
  id: row.id,
  title: row.title,
  labels: row.labels,
  tags: row.tags,
  owner: row.owner_id,
  access: accessOf(row, acting),
  colour: row.colour,
  pinned: row.pinned ?? false,
  archived: row.archived_at !== null,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
  trashedAt: row.trashed_at,
  version: row.version,
  sharedWith: grantsShownTo(row, acting),
});

export const toCard = (row: NoteRow, acting: Acting, found: NoteCard['found'] = null): NoteCard => ({
  ...commonOf(row, acting),
  preview: row.preview,
  attachments: row.attachments,
  found,
});
