import { line } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';

/** Steps of one task that are too small to be tasks themselves. */
export const ChecklistItem = z.object({ id: z.uuid(), text: z.string(), done: z.boolean() });
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** How many a checklist holds. */
export const mostItems = 200;

/** One without an id is new. */
export const NewChecklistItem = z.strictObject({
  id: Id().optional(),
  text: line(500),
  done: z.boolean().default(false),
});
export type NewChecklistItem = z.infer<typeof NewChecklistItem>;

export const Checklist = () =>
  z
    .array(NewChecklistItem)
    .max(mostItems)
    .refine((items) => new Set(items.map(({ id }, index) => id ?? index)).size === items.length, {
      error: 'Two steps have one id.',
    });

export const ChecklistItemPatch = z.strictObject({ text: line(500).optional(), done: z.boolean().optional() });

/** The list as it is kept; ids that are missing are made. */
export const keptChecklist = (items: readonly NewChecklistItem[], newId = () => crypto.randomUUID()): ChecklistItem[] =>
  items.map(({ id, text, done }) => ({ id: id ?? newId(), text, done }));
