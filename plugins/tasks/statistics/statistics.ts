import { plainDate } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';

export const ProductivityQuery = z.strictObject({
  from: plainDate().describe('The first day'),
  to: plainDate().describe('The last day'),
  person: Id().optional().describe('Somebody else’s; your own when left out'),
});
export type ProductivityQuery = z.infer<typeof ProductivityQuery>;

const counts = {
  created: z.int(),
  completed: z.int(),
  overdue: z.int().describe('Due on that day and not done by its end; the day must be over'),
  trackedSeconds: z.int(),
};

/** What came of the days from `from` to `to`, as the read model has counted it. */
export const Productivity = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  person: z.uuid(),
  totals: z.object(counts),
  days: z.array(z.object({ date: z.iso.date(), ...counts })),
  streak: z.object({
    current: z.int().describe('Days in a row with a task completed, up to today or yesterday'),
    longest: z.int(),
  }),
});
export type Productivity = z.infer<typeof Productivity>;
