import type { Tx } from '@task-connect/sdk';
import { attachmentsOf, toAttachment } from '../attachment/attachment-table.ts';
import type { NotesContext } from '../contract.ts';
import { linkTo } from '../sharing/link-address.ts';
import { attachedTo } from '../sharing/reference.ts';
import type { Note } from './note.ts';
import { commonOf } from './note-access.ts';
import type { NoteRow } from './note-table.ts';

/** A note as it is answered, with what hangs on it. */
export async function wholeNote(context: NotesContext, row: NoteRow): Promise<Note> {
  const { tx, actor, publicUrl } = context;
  const common = commonOf(row, actor);
  const files = await attachmentsOf(tx, row.id);
  return {
    ...common,
    text: row.text,
    publicLink: common.access === 'owner' && row.public_token ? linkTo(publicUrl, row.public_token) : null,
    attachments: files.map(toAttachment),
    attachedTo: await attachedTo(context, row),
  };
}

/** The files of a note, as far as what it is found by needs them. */
export const filesOf = async (tx: Tx, note: string) =>
  (await attachmentsOf(tx, note)).map(({ id, name, thumbnail }) => ({ id, name, isPicture: thumbnail !== 'none' }));
