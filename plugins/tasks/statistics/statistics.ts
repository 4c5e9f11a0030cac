import { plainDate } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';
import { Rounding, RoundPer } from './rounding.ts';

export const ProductivityQuery = z.strictObject({
  from: plainDate().describe('The first day'),
  to: plainDate().describe('The last day'),
  person: Id().optional().describe('Somebody else’s; your own when left out'),
  round: z.coerce.number().int().min(0).max(480).optional().describe('Minutes to round time up to; 0: not at all'),
  per: RoundPer.optional().describe('What is rounded: each entry, or what a day comes to'),
});
export type ProductivityQuery = z.infer<typeof ProductivityQuery>;

const counts = {
  created: z.int(),
  completed: z.int(),
  overdue: z.int().describe('Due on that day and not done by its end; the day must be over'),
  trackedSeconds: z.int(),
  roundedSeconds: z.int().describe('As `rounding` says; without it the same as tracked'),
};

/** Of tasks that were completed and had an estimate. */
const estimates = z.object({
  tasks: z.int(),
  estimatedSeconds: z.int(),
  trackedSeconds: z.int().describe('All time that went into them, whoever’s'),
});

/** What came of the days from `from` to `to`, as the read model has counted it. */
export const Productivity = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  person: z.uuid(),
  rounding: Rounding.nullable(),
  totals: z.object(counts),
  days: z.array(z.object({ date: z.iso.date(), ...counts })),
  projects: z.array(z.object({ project: z.uuid().nullable(), name: z.string().nullable(), ...counts, estimates })),
  estimates,
  streak: z.object({
    current: z.int().describe('Days in a row with a task completed, up to today or yesterday'),
    longest: z.int(),
  }),
});
export type Productivity = z.infer<typeof Productivity>;

const figures = {
  tasks: z.int().describe('Those that were cancelled are not counted'),
  done: z.int(),
  overdue: z.int(),
  estimatedSeconds: z.int(),
  trackedSeconds: z.int(),
};

/** How far a project is; `total` has what lies in it in as well, down to the deepest. */
export const ProjectFigures = z.object({
  project: z.uuid(),
  name: z.string(),
  archived: z.boolean(),
  own: z.object(figures),
  total: z.object(figures),
  children: z.array(z.object({ project: z.uuid(), name: z.string(), archived: z.boolean(), total: z.object(figures) })),
});
export type ProjectFigures = z.infer<typeof ProjectFigures>;
