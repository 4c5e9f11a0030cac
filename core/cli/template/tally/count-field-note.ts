import { fieldNotes } from '../contract.ts';
import { addToTally } from './tally-table.ts';

// What is counted and the mark that this event is done commit together, so that each counts once.
export const countFieldNote = fieldNotes.handler({
  event: 'field-note.added',
  name: 'count-field-note',
  async handle({ data, organisation }, { tx, live }) {
    await addToTally(tx, organisation, data.addedBy);
    await live({ type: 'field-note-counted' });
  },
});
