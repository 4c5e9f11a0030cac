import { checkVersion } from '@task-connect/sdk';
import { notes } from '../contract.ts';
import { checkReference } from '../sharing/reference.ts';
import { MarkPatch, mostNoteBytes, NewNote, Note, NoteCard, NotePage, NotePatch, NoteQuery } from './note.ts';
import { noteToChange, seenNote, toCard } from './note-access.ts';
import { notePage } from './note-list-table.ts';
import { wholeNote } from './note-parts.ts';
import { findNote, markNote } from './note-table.ts';
import { addNote, saveNote } from './save-note.ts';

export const listNotes = notes.route({
  method: 'GET',
  path: '/notes',
  summary: 'List or search notes',
  description:
    'What was changed last comes first. `text` takes words, also parts of words, "phrases in quotes", -without, label:x, has:attachment, has:picture, has:checklist and has:link; all must hold.',
  permission: 'notes:read',
  query: NoteQuery,
  returns: NotePage,
  handle: ({ query, actor }, { tx }) => notePage(tx, actor, query),
});

export const createNote = notes.route({
  method: 'POST',
  path: '/notes',
  summary: 'Take a note',
  description: '`{"text": "…"}` is enough; so is the text alone as text/plain.',
  permission: 'notes:write',
  body: NewNote,
  plainText: (text) => ({ text }),
  mostBytes: mostNoteBytes,
  status: 201,
  returns: Note,
  async handle({ body }, context) {
    await checkReference(context, body.attachedTo);
    return wholeNote(context, await addNote(context, body));
  },
});

export const getNote = notes.route({
  method: 'GET',
  path: '/notes/:noteId',
  summary: 'Read a note',
  permission: 'notes:read',
  returns: Note,
  async handle({ params, actor }, context) {
    return wholeNote(context, await seenNote(context.tx, actor, params.noteId));
  },
});

export const changeNote = notes.route({
  method: 'PATCH',
  path: '/notes/:noteId',
  summary: 'Change what a note says',
  description: 'What is absent stays as it is. A change that changes nothing leaves the version as it was.',
  permission: 'notes:write',
  body: NotePatch,
  ifMatch: 'required',
  mostBytes: mostNoteBytes,
  returns: Note,
  async handle({ params, body, actor, ifMatch }, context) {
    const row = await noteToChange(context.tx, actor, params.noteId);
    checkVersion('note', ifMatch, row.version);
    await checkReference(context, body.attachedTo);
    return wholeNote(context, await saveNote(context, row, body));
  },
});

export const markOwn = notes.route({
  method: 'PATCH',
  path: '/notes/:noteId/mine',
  summary: 'Pin, colour or archive a note for oneself',
  description: 'Nobody else’s view of the note changes, and its version stays.',
  permission: 'notes:mark',
  body: MarkPatch,
  returns: NoteCard,
  async handle({ params, body, actor }, context) {
    const { tx, clock } = context;
    const row = await seenNote(tx, actor, params.noteId);
    const wasArchived = row.archived_at !== null;
    const archived = body.archived ?? wasArchived;
    await markNote(tx, actor.person, row.id, {
      // What goes into the archive is no longer on the wall, so it is not pinned there.
      pinned: archived && body.archived ? false : (body.pinned ?? row.pinned ?? false),
      colour: body.colour === undefined ? row.colour : body.colour,
      archivedAt: archived ? (row.archived_at ?? clock.now().toString()) : null,
    });
    await context.live({ type: 'note-changed', person: actor.person, data: { noteId: row.id } });
    return toCard((await findNote(tx, row.id, actor.person))!, actor);
  },
});
