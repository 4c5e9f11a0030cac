import { notFound } from '@task-connect/sdk';
import { z } from 'zod';
import { notes } from '../contract.ts';
import { label } from '../note/note.ts';
import { findNote } from '../note/note-table.ts';
import { saveNote } from '../note/save-note.ts';
import { renameTag } from '../text/rename-tag.ts';
import { labelCounts, lockNotesWithLabel, placeCounts } from './label-table.ts';

export const LabelList = z.object({
  items: z.array(z.object({ name: z.string(), notes: z.int() })),
  notes: z.int().describe('On the wall'),
  shared: z.int(),
  archived: z.int(),
  trashed: z.int(),
});
export type LabelList = z.infer<typeof LabelList>;

export const listLabels = notes.route({
  method: 'GET',
  path: '/notes/labels',
  summary: 'Labels with the number of notes, most used first; and how many notes are where',
  permission: 'notes:read',
  returns: LabelList,
  async handle({ actor }, { tx }) {
    return { items: await labelCounts(tx, actor.person), ...(await placeCounts(tx, actor.person)) };
  },
});

export const renameLabel = notes.route({
  method: 'POST',
  path: '/notes/labels/rename',
  summary: 'Rename a label, or merge it into another',
  description:
    'In all notes that you may change, as label and as #tag of the text. Where the new name is there already, the two become one. Notes that you may only read keep it.',
  permission: 'notes:write',
  body: z.strictObject({ from: label(), to: label() }),
  returns: z.object({ notes: z.int().describe('How many notes were changed') }),
  async handle({ body: { from, to }, actor }, context) {
    const { tx } = context;
    const ids = await lockNotesWithLabel(tx, from);
    if (ids.length === 0) notFound('label', from);
    if (from === to) return { notes: 0 };
    for (const id of ids) {
      const row = (await findNote(tx, id, actor.person))!;
      const labels = [...new Set(row.own_labels.map((each) => (each === from ? to : each)))];
      await saveNote(context, row, {
        labels,
        text: row.tags.includes(from) ? renameTag(row.text, from, to) : row.text,
      });
    }
    return { notes: ids.length };
  },
});
