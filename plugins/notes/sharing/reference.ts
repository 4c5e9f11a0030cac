import { InvalidInput } from '@task-connect/sdk';
import type { NotesContext } from '../contract.ts';
import { notes } from '../contract.ts';
import type { NewReference, Note } from '../note/note.ts';
import type { NoteRow } from '../note/note-table.ts';

// What a note hangs on is a name that another plugin gave. Whether the one who acts may see the thing, and what it is
// called, is asked of that plugin each time.

type Service = keyof NonNullable<typeof notes.contract.uses>;

async function look({ call, log }: NotesContext, { plugin, kind, id }: NewReference) {
  const service = `${plugin}.reference`;
  if (!(service in notes.contract.uses)) return undefined;
  try {
    const { items } = await call(service as Service, { kind, ids: [id] });
    return items.find((item) => item.id === id);
  } catch (error) {
    // It is off, or slow: the note is there all the same.
    log.debug({ err: error, service }, 'What a note is attached to could not be asked');
    return undefined;
  }
}

/** Refuses what the acting person could not see there. */
export async function checkReference(context: NotesContext, reference: NewReference | null | undefined): Promise<void> {
  if (!reference || (await look(context, reference))) return;
  throw new InvalidInput({
    errors: [{ pointer: '/attachedTo', detail: 'There is no such thing that you may see, or its plugin is off.' }],
  });
}

/** As it is answered; without title and path for those who may not see the thing. */
export async function attachedTo(context: NotesContext, row: NoteRow): Promise<Note['attachedTo']> {
  if (!row.ref_plugin || !row.ref_kind || !row.ref_id) return null;
  const reference = { plugin: row.ref_plugin, kind: row.ref_kind, id: row.ref_id };
  const found = await look(context, reference);
  return { ...reference, title: found?.title ?? null, path: found?.path ?? null };
}

export const referenceColumns = (reference: NewReference | null) => ({
  ref_plugin: reference?.plugin ?? null,
  ref_kind: reference?.kind ?? null,
  ref_id: reference?.id ?? null,
});
