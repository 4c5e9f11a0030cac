import { fieldNotes } from '../contract.ts';
import { FieldNote, FieldNotePage, FieldNoteQuery, NewFieldNote } from './field-note.ts';
import { insertFieldNote, pageOfFieldNotes } from './field-note-table.ts';

export const listFieldNotes = fieldNotes.route({
  method: 'GET',
  path: '/field-notes',
  summary: 'List field notes, the newest first',
  permission: 'field-notes:read',
  query: FieldNoteQuery,
  returns: FieldNotePage,
  handle: ({ query, actor }, { tx }) => pageOfFieldNotes(tx, actor.organisation, query),
});

export const addFieldNote = fieldNotes.route({
  method: 'POST',
  path: '/field-notes',
  summary: 'Add a field note',
  permission: 'field-notes:write',
  body: NewFieldNote,
  status: 201,
  returns: FieldNote,
  async handle({ body, actor }, { tx, publish, live, clock }) {
    const added = await insertFieldNote(tx, actor.organisation, body.text, actor.person, clock.now().toString());
    await publish('field-note.added', { fieldNoteId: added.id, text: added.text, addedBy: added.addedBy });
    await live({ type: 'field-note-added', data: { fieldNoteId: added.id } });
    return added;
  },
});
