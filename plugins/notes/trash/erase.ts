import { declareProblem } from '@task-connect/sdk';
import { deleteFiles } from '../attachment/attachment-routes.ts';
import { type NotesContext, notes } from '../contract.ts';
import { hintNote, originOf } from '../note/note-events.ts';
import { deleteNote, findNote, lockNote, type NoteRow } from '../note/note-table.ts';

export const NotInTrash = declareProblem({
  type: 'notes/not-in-trash',
  status: 409,
  title: 'This note is not in the trash',
  detail: () => 'Put it into the trash first; nothing is erased by one click.',
});

/** A note is gone with its history, files and link. */
export async function erase(context: NotesContext, row: NoteRow): Promise<void> {
  await deleteFiles(context, row);
  await context.addresses.revoke(row.id);
  await deleteNote(context.tx, row.id);
  await context.publish('note.erased', { noteId: row.id, owner: row.owner_id }, originOf(row));
  await hintNote(context, row);
}

/** The end of the days in the trash. It runs for the owner, who put it there. */
export const eraseJob = notes.oneOff({
  job: 'erase',
  async handle({ data }, context) {
    const { tx, actor } = context;
    const found = await findNote(tx, data.noteId, actor.person);
    if (!found?.trashed_at) return;
    const row = await lockNote(tx, data.noteId, actor.person);
    if (row?.trashed_at) await erase(context, row);
  },
});
