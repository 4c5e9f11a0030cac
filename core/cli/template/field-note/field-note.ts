import { line, PageQuery, pageOf } from '@task-connect/sdk';
import { z } from 'zod';

/** A line that somebody has written down. */
export const FieldNote = z.object({
  id: z.uuid(),
  text: z.string(),
  addedBy: z.uuid(),
  addedAt: z.string(),
});
export type FieldNote = z.infer<typeof FieldNote>;

export const NewFieldNote = z.strictObject({ text: line(500) });
export type NewFieldNote = z.infer<typeof NewFieldNote>;

export const FieldNoteQuery = PageQuery.omit({ count: true });
export type FieldNoteQuery = z.infer<typeof FieldNoteQuery>;

export const FieldNotePage = pageOf(FieldNote);
