import { type Context, declarePlugin, type OpenContext, referenceService } from '@task-connect/sdk';
import { z } from 'zod';

const noteId = z.uuid();

/** What an event of a note tells of it. What it says is asked for by its id, with one’s own rights. */
const NoteFacts = z.object({ noteId, owner: z.uuid(), by: z.uuid(), version: z.int() });
const FileFacts = z.object({ noteId, attachmentId: z.uuid() });

export const notes = declarePlugin({
  id: 'notes',
  title: 'Notes',
  hue: 'mustard',
  icon: 'note',
  paths: ['/notes'],
  database: { extensions: ['pg_trgm', 'btree_gin'] },
  permissions: {
    'notes:read': { title: 'See notes that are one’s own or shared with one', role: 'guest' },
    'notes:mark': { title: 'Pin, colour and archive notes for oneself', role: 'guest' },
    'notes:write': { title: 'Write notes, and change those that one may', role: 'member' },
    'notes:share': { title: 'Share one’s notes with people and organisations', role: 'member' },
    'notes:publish': { title: 'Make a link by which anybody reads a note', role: 'member' },
  },
  settings: z.object({
    trashDays: z.int().min(1).max(365).default(30).describe('Days for which a note in the trash can be brought back'),
    mostMegabytes: z.int().min(1).max(50).default(25).describe('How large a file of a note may be, in MiB'),
    historyMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(10)
      .describe('What one person changes within so many minutes is one entry of the history'),
  }),
  publishes: {
    'note.created': { version: 1, aggregate: 'noteId', data: NoteFacts },
    'note.changed': { version: 1, aggregate: 'noteId', data: NoteFacts.extend({ changed: z.array(z.string()) }) },
    'note.trashed': { version: 1, aggregate: 'noteId', data: NoteFacts },
    'note.restored': { version: 1, aggregate: 'noteId', data: NoteFacts },
    'note.erased': { version: 1, aggregate: 'noteId', data: z.object({ noteId, owner: z.uuid() }) },
    'note.shared': {
      version: 1,
      aggregate: 'noteId',
      data: NoteFacts.extend({ kind: z.string(), grantee: z.uuid().nullable(), access: z.string().nullable() }),
    },
    'note.file-added': { version: 1, aggregate: 'noteId', data: FileFacts },
  },
  handles: { 'note.file-added': { version: 1, data: FileFacts } },
  oneOffs: { erase: { data: z.object({ noteId }) } },
  notifies: { shared: { title: 'A note is shared with you', channels: ['in-app'] } },
  uses: {
    'tasks.reference': { ...referenceService, optional: true },
    'bookings.reference': { ...referenceService, optional: true },
    'marketplace.reference': { ...referenceService, optional: true },
  },
});

export type NotesContext = Context<typeof notes.contract>;
export type NotesOpenContext = OpenContext<typeof notes.contract>;
