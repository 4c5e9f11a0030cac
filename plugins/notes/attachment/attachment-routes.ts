import { declareProblem, notFound, type StreamBody } from '@task-connect/sdk';
import { z } from 'zod';
import { type NotesContext, type NotesOpenContext, notes } from '../contract.ts';
import { derive } from '../note/derive.ts';
import { noteToChange, seenNote } from '../note/note-access.ts';
import { hintNote, originOf } from '../note/note-events.ts';
import { filesOf } from '../note/note-parts.ts';
import { findNote, type NoteRow, updateAside } from '../note/note-table.ts';
import { Attachment } from './attachment.ts';
import {
  type AttachmentRow,
  attachmentsOf,
  deleteAttachment,
  fileKey,
  findAttachment,
  insertAttachment,
  thumbnailKey,
  toAttachment,
} from './attachment-table.ts';
import { kindOf, servedType } from './file-kind.ts';
import { safeName, saveAs } from './file-name.ts';

const mostFiles = 100;

export const TooManyFiles = declareProblem({
  type: 'notes/too-many-files',
  status: 409,
  title: 'This note has too many files',
  detail: () => `A note takes ${mostFiles} files. Put some of them into another note.`,
});
export const FileTooLarge = declareProblem({
  type: 'notes/file-too-large',
  status: 413,
  title: 'This file is too large',
  detail: (f: { megabytes: number }) =>
    `A file of a note may have ${f.megabytes} MiB. Send a smaller one, or a link to it.`,
});

/** What a note is found by and shows on its card follows its files; its text and version stay. */
async function refreshCard(context: NotesContext, row: NoteRow): Promise<void> {
  const files = await filesOf(context.tx, row.id);
  const { preview, search_text, has } = derive({ ...row, ownLabels: row.own_labels, files });
  await updateAside(context.tx, row.id, { preview, search_text, has, attachments: files.length });
  await hintNote(context, row);
}

export const addAttachment = notes.upload({
  method: 'POST',
  path: '/notes/:noteId/attachments',
  summary: 'Hang a file on a note',
  description:
    'The body is the file itself, of any type; what it is is found out from its content. Its name is cleaned of what a disk or a header could not take.',
  permission: 'notes:write',
  query: z.strictObject({ name: z.string().max(2000).default('file') }),
  mostBytes: 50 * 1024 * 1024,
  status: 201,
  returns: Attachment,
  async handle({ params, query, body, actor }, context) {
    const { tx, clock, publish, settings, storage } = context;
    if (body.byteLength > settings.mostMegabytes * 1024 * 1024)
      throw new FileTooLarge({ megabytes: settings.mostMegabytes });
    const row = await noteToChange(tx, actor, params.noteId);
    if (row.attachments >= mostFiles) throw new TooManyFiles({});
    const { type, isPicture } = await kindOf(body);
    const file = await insertAttachment(tx, {
      organisation_id: row.organisation_id,
      note_id: row.id,
      name: safeName(query.name),
      type,
      size: body.byteLength,
      thumbnail: isPicture ? 'waiting' : 'none',
      created_at: clock.now().toString(),
      created_by: actor.person,
    });
    await refreshCard(context, row);
    await publish('note.file-added', { noteId: row.id, attachmentId: file.id }, originOf(row));
    // Last, so that hardly anything can fail after it; a file without a row is seen by nobody.
    await storage.of(row.organisation_id).put(fileKey(row.id, file.id), body, 'application/octet-stream');
    return toAttachment(file);
  },
});

export const removeAttachment = notes.route({
  method: 'DELETE',
  path: '/notes/:noteId/attachments/:attachmentId',
  summary: 'Take a file off a note, for good',
  permission: 'notes:write',
  async handle({ params, actor }, context) {
    const { tx, storage } = context;
    const row = await noteToChange(tx, actor, params.noteId);
    const file = (await findAttachment(tx, row.id, params.attachmentId)) ?? notFound('file', params.attachmentId);
    await deleteAttachment(tx, row.id, file.id);
    await refreshCard(context, row);
    for (const key of [fileKey(row.id, file.id), thumbnailKey(row.id, file.id)])
      await storage.of(row.organisation_id).delete(key);
  },
});

/** All files of a note go with it. */
export async function deleteFiles({ tx, storage }: NotesContext, row: NoteRow): Promise<void> {
  for (const { id } of await attachmentsOf(tx, row.id))
    for (const key of [fileKey(row.id, id), thumbnailKey(row.id, id)])
      await storage.of(row.organisation_id).delete(key);
}

const Size = z.strictObject({
  size: z.enum(['whole', 'thumbnail']).default('whole').describe('A thumbnail is a picture of 800 pixels at most'),
});

async function download(
  context: NotesOpenContext,
  find: (context: NotesContext) => Promise<AttachmentRow | undefined>,
  size: 'whole' | 'thumbnail',
): Promise<StreamBody> {
  const file = await context.unitOfWork(find);
  if (!file || (size === 'thumbnail' && file.thumbnail !== 'ready')) notFound('file');
  const isSmall = size === 'thumbnail';
  const key = (isSmall ? thumbnailKey : fileKey)(file.note_id, file.id);
  const found = (await context.storage.of(file.organisation_id).get(key)) ?? notFound('file', file.id);
  return {
    headers: {
      'Content-Type': isSmall ? 'image/webp' : servedType(file.type),
      'Content-Disposition': saveAs(isSmall ? `${file.name}.webp` : file.name),
      // A file never changes; who may see it does.
      'Cache-Control': 'private, max-age=600',
    },
    body: found.body,
  };
}

export const getAttachment = notes.stream({
  path: '/notes/:noteId/attachments/:attachmentId',
  summary: 'A file of a note',
  permission: 'notes:read',
  query: Size,
  handle: ({ params, query, actor }, context) =>
    download(
      context,
      async ({ tx }) => {
        const row = await seenNote(tx, actor, params.noteId);
        return findAttachment(tx, row.id, params.attachmentId);
      },
      query.size,
    ),
});

export const getPublicAttachment = notes.publicStream({
  path: '/notes/public/:token/attachments/:attachmentId',
  summary: 'A file of a note that has a public link',
  reason: 'Its owner made a link for whoever has it',
  address: 'token',
  params: z.object({ token: z.string(), attachmentId: z.uuid() }),
  query: Size,
  handle: ({ params, query, actor }, context) =>
    download(
      context,
      async ({ tx, resource }) => {
        const row = resource === undefined ? undefined : await findNote(tx, resource, actor.person);
        return row && !row.trashed_at ? findAttachment(tx, row.id, params.attachmentId) : undefined;
      },
      query.size,
    ),
});
