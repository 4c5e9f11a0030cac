import { notFound } from '@task-connect/sdk';
import { z } from 'zod';
import { Attachment } from '../attachment/attachment.ts';
import { attachmentsOf, toAttachment } from '../attachment/attachment-table.ts';
import { notes } from '../contract.ts';
import { NoteInTrash, ownNote } from '../note/note-access.ts';
import { hintNote } from '../note/note-events.ts';
import { findNote, updateAside } from '../note/note-table.ts';
import { linkTo } from './link-address.ts';

export const makeLink = notes.route({
  method: 'POST',
  path: '/notes/:noteId/link',
  summary: 'Make a link by which anybody reads a note',
  description: 'Where there is one already it is given again. Whoever has it reads the note without signing in.',
  permission: 'notes:publish',
  returns: z.object({ link: z.string() }),
  async handle({ params, actor }, context) {
    const { tx, addresses, publicUrl } = context;
    const row = await ownNote(tx, actor, params.noteId, 'publish');
    if (row.trashed_at) throw new NoteInTrash({});
    if (row.public_token) return { link: linkTo(publicUrl, row.public_token) };
    const token = await addresses.issue(row.id);
    await updateAside(tx, row.id, { public_token: token });
    await hintNote(context, row);
    return { link: linkTo(publicUrl, token) };
  },
});

export const removeLink = notes.route({
  method: 'DELETE',
  path: '/notes/:noteId/link',
  summary: 'Revoke the public link of a note',
  description: 'It leads nowhere from now on; a new one is another.',
  permission: 'notes:publish',
  async handle({ params, actor }, context) {
    const row = await ownNote(context.tx, actor, params.noteId, 'publish');
    await context.addresses.revoke(row.id);
    await updateAside(context.tx, row.id, { public_token: null });
    await hintNote(context, row);
  },
});

export const PublicNote = z.object({
  title: z.string(),
  text: z.string(),
  updatedAt: z.string(),
  attachments: z.array(Attachment.omit({ createdBy: true })),
});
export type PublicNote = z.infer<typeof PublicNote>;

export const readPublicNote = notes.publicRoute({
  method: 'GET',
  path: '/notes/public/:token',
  summary: 'Read a note by its public link',
  reason: 'Its owner made a link for whoever has it',
  address: 'token',
  returns: PublicNote,
  async handle({ actor }, { tx, resource }) {
    const row = resource === undefined ? undefined : await findNote(tx, resource, actor.person);
    // In the trash it is shown to nobody, and its link works again when it comes back.
    if (!row || row.trashed_at) notFound('note');
    const { title, text, updated_at: updatedAt } = row;
    return { title, text, updatedAt, attachments: (await attachmentsOf(tx, row.id)).map(toAttachment) };
  },
});
