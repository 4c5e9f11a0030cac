import { declarePlugin } from '@task-connect/sdk';
import { z } from 'zod';

export const fieldNotes = declarePlugin({
  id: 'field-notes',
  title: 'Field notes',
  hue: 'moss',
  icon: 'puzzle',
  paths: ['/field-notes'],
  permissions: {
    'field-notes:read': { title: 'See field notes', role: 'guest' },
    'field-notes:write': { title: 'Add field notes', role: 'member' },
  },
  publishes: {
    'field-note.added': {
      version: 1,
      aggregate: 'fieldNoteId',
      data: z.object({ fieldNoteId: z.uuid(), text: z.string(), addedBy: z.uuid() }),
    },
  },
  // Only the fields that are read: the event may grow others without asking us.
  handles: { 'field-note.added': { version: 1, data: z.object({ addedBy: z.uuid() }) } },
});
