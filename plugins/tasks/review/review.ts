import { plainDate, zone } from '@task-connect/sdk';
import { z } from 'zod';
import { PlannedBlock } from '../plan/planned-block.ts';
import { Task } from '../task/task.ts';

export const ReviewQuery = z.strictObject({
  date: plainDate().optional().describe('Today when left out'),
  zone: zone().optional().describe('The zone whose day is meant; your own when left out'),
});

/** An evening’s look at one’s day, and what comes next. */
export const DayReview = z.object({
  date: z.iso.date(),
  zone: z.string(),
  done: z.array(Task),
  tracked: z.object({
    seconds: z.int(),
    entries: z.array(z.object({ task: z.uuid().nullable(), title: z.string().nullable(), seconds: z.int() })),
  }),
  moved: z
    .array(z.object({ task: Task, from: z.iso.date(), to: z.iso.date().nullable() }))
    .describe('Put off on this day, to a later one or to none'),
  left: z.array(Task).describe('Due on this day or before, and not done'),
  tomorrow: z.object({ date: z.iso.date(), due: z.array(Task), planned: z.array(PlannedBlock) }),
});
export type DayReview = z.infer<typeof DayReview>;
