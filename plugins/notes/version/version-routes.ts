import { checkVersion, notFound } from '@task-connect/sdk';
import { z } from 'zod';
import { notes } from '../contract.ts';
import { mostNoteBytes, Note } from '../note/note.ts';
import { noteToChange, seenNote } from '../note/note-access.ts';
import { wholeNote } from '../note/note-parts.ts';
import { saveNote } from '../note/save-note.ts';
import { findVersion, type VersionRow, versionsOf } from './version-table.ts';

export const NoteVersion = z.object({
  number: z.int(),
  title: z.string(),
  by: z.uuid(),
  startedAt: z.string(),
  at: z.string(),
  restoredFrom: z.int().nullable(),
});
export type NoteVersion = z.infer<typeof NoteVersion>;
export const NoteVersionText = NoteVersion.extend({ text: z.string() });
export type NoteVersionText = z.infer<typeof NoteVersionText>;

const toVersion = (row: Omit<VersionRow, 'text'>): NoteVersion => ({
  number: row.version,
  title: row.title,
  by: row.by,
  startedAt: row.started_at,
  at: row.at,
  restoredFrom: row.restored_from,
});

const params = z.object({
  noteId: z.uuid(),
  number: z.coerce.number().int().min(1).max(2_147_483_647),
});

export const listVersions = notes.route({
  method: 'GET',
  path: '/notes/:noteId/versions',
  summary: 'The history of a note, newest first',
  permission: 'notes:read',
  returns: z.object({ items: z.array(NoteVersion) }),
  async handle({ params: { noteId }, actor }, { tx }) {
    const row = await seenNote(tx, actor, noteId);
    return { items: (await versionsOf(tx, row.organisation_id, row.id)).map(toVersion) };
  },
});

export const getVersion = notes.route({
  method: 'GET',
  path: '/notes/:noteId/versions/:number',
  summary: 'What a note said',
  permission: 'notes:read',
  params,
  returns: NoteVersionText,
  async handle({ params: { noteId, number }, actor }, { tx }) {
    const row = await seenNote(tx, actor, noteId);
    const found = await findVersion(tx, row.organisation_id, row.id, number);
    if (!found) notFound('version', String(number));
    return { ...toVersion(found), text: found.text };
  },
});

export const restoreVersion = notes.route({
  method: 'POST',
  path: '/notes/:noteId/versions/:number/restore',
  summary: 'Have a note say again what it said',
  description: 'What it says now stays in the history.',
  permission: 'notes:write',
  params,
  ifMatch: 'required',
  mostBytes: mostNoteBytes,
  returns: Note,
  async handle({ params: { noteId, number }, actor, ifMatch }, context) {
    const { tx } = context;
    const row = await noteToChange(tx, actor, noteId);
    checkVersion('note', ifMatch, row.version);
    const found = await findVersion(tx, row.organisation_id, row.id, number);
    if (!found) notFound('version', String(number));
    const { title, text } = found;
    return wholeNote(context, await saveNote(context, row, { title, text }, { restoredFrom: number }));
  },
});
