import { fieldNotes } from '../contract.ts';
import { Tally } from './tally.ts';
import { tallyOf } from './tally-table.ts';

export const getTally = fieldNotes.route({
  method: 'GET',
  path: '/field-notes/tally',
  summary: 'Say who has added how many field notes',
  description: 'Counted by events, a moment after each.',
  permission: 'field-notes:read',
  returns: Tally,
  handle: async ({ actor }, { tx }) => ({ items: await tallyOf(tx, actor.organisation) }),
});
