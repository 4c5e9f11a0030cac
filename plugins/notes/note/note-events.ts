import type { NotesContext } from '../contract.ts';
import type { NoteRow } from './note-table.ts';

// Events of a note are those of its own organisation, for its owner: whoever handles them sees it, also where somebody of
// another organisation made the change.

export const originOf = (row: Pick<NoteRow, 'organisation_id' | 'owner_id'>) => ({
  organisation: row.organisation_id,
  onBehalfOf: row.owner_id,
});

export const factsOf = (row: Pick<NoteRow, 'id' | 'owner_id'>, { actor }: NotesContext, version: number) => ({
  noteId: row.id,
  owner: row.owner_id,
  by: actor.person,
  version,
});

type Shown = Pick<NoteRow, 'id' | 'owner_id' | 'viewers' | 'editors' | 'viewer_organisations' | 'editor_organisations'>;

/** Tells the open consoles of those who see the note, and of nobody else. */
export async function hintNote({ live, actor }: NotesContext, row: Shown): Promise<void> {
  const hint = { type: 'note-changed', data: { noteId: row.id } };
  const organisations = [...row.viewer_organisations, ...row.editor_organisations];
  if (organisations.includes(actor.organisation)) return live(hint);
  for (const person of new Set([row.owner_id, actor.person, ...row.viewers, ...row.editors]))
    await live({ ...hint, person });
}
