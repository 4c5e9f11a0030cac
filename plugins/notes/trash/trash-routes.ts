import { checkVersion } from '@task-connect/sdk';
import { notes } from '../contract.ts';
import { Note } from '../note/note.ts';
import { ownNote } from '../note/note-access.ts';
import { factsOf, hintNote, originOf } from '../note/note-events.ts';
import { wholeNote } from '../note/note-parts.ts';
import { findNote, updateAside } from '../note/note-table.ts';
import { erase, NotInTrash } from './erase.ts';

export const trashNote = notes.route({
  method: 'DELETE',
  path: '/notes/:noteId',
  summary: 'Put a note into the trash',
  description:
    'Only its owner does; whoever it is shared with no longer sees it. It can be brought back for as many days as the settings say, then it is erased.',
  permission: 'notes:write',
  async handle({ params, actor, ifMatch }, context) {
    const { tx, clock, publish, schedule, settings } = context;
    const row = await ownNote(tx, actor, params.noteId, 'delete');
    checkVersion('note', ifMatch, row.version);
    if (row.trashed_at) return;
    const at = clock.now();
    await updateAside(tx, row.id, { trashed_at: at.toString() });
    await schedule('erase', {
      at: at.add({ hours: settings.trashDays * 24 }),
      key: row.id,
      data: { noteId: row.id },
    });
    await publish('note.trashed', factsOf(row, context, row.version), originOf(row));
    await hintNote(context, row);
  },
});

export const restoreNote = notes.route({
  method: 'POST',
  path: '/notes/:noteId/restore',
  summary: 'Bring a note back from the trash',
  permission: 'notes:write',
  returns: Note,
  async handle({ params, actor }, context) {
    const { tx, publish, unschedule } = context;
    const row = await ownNote(tx, actor, params.noteId, 'bring back');
    if (row.trashed_at) {
      await updateAside(tx, row.id, { trashed_at: null });
      await unschedule('erase', row.id);
      await publish('note.restored', factsOf(row, context, row.version), originOf(row));
      await hintNote(context, row);
    }
    return wholeNote(context, (await findNote(tx, row.id, actor.person))!);
  },
});

export const eraseNote = notes.route({
  method: 'POST',
  path: '/notes/:noteId/erase',
  summary: 'Erase a note in the trash for good',
  description: 'With its history, files and public link. It cannot be brought back.',
  permission: 'notes:write',
  async handle({ params, actor }, context) {
    const row = await ownNote(context.tx, actor, params.noteId, 'erase');
    if (!row.trashed_at) throw new NotInTrash({});
    await context.unschedule('erase', row.id);
    await erase(context, row);
  },
});
