import { fieldNotes } from './contract.ts';
import { addFieldNote, listFieldNotes } from './field-note/field-note-routes.ts';
import { countFieldNote } from './tally/count-field-note.ts';
import { getTally } from './tally/tally-routes.ts';

export default fieldNotes.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [listFieldNotes, addFieldNote, getTally],
  handlers: [countFieldNote],
  screens: new URL('./screens/index.tsx', import.meta.url),
});
