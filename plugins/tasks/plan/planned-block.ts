import { zone } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';
import { Moment } from '../task/when.ts';

/** When a person means to work on a task. A task may have several; they may lie over one another. */
export const PlannedBlock = z.object({
  id: z.uuid(),
  task: z.uuid(),
  title: z.string().describe('That of the task'),
  person: z.uuid(),
  startsAt: z.string(),
  endsAt: z.string(),
  zone: z.string(),
  done: z.boolean().describe('The task is over'),
  version: z.int(),
});
export type PlannedBlock = z.infer<typeof PlannedBlock>;

export const NewPlannedBlock = z.strictObject({
  startsAt: Moment(),
  endsAt: Moment(),
  person: Id().optional().describe('A member of the organisation; yourself when left out'),
  zone: zone().optional(),
});
export type NewPlannedBlock = z.infer<typeof NewPlannedBlock>;

/** What is absent stays as it is. */
export const PlannedBlockPatch = NewPlannedBlock.partial();
export type PlannedBlockPatch = z.infer<typeof PlannedBlockPatch>;

export const PlannedBlockQuery = z.strictObject({
  from: Moment().describe('Blocks that end after this'),
  to: Moment().describe('Blocks that begin before this; 100 days later at most'),
  person: Id().optional().describe('Somebody else’s; your own when left out'),
});

export const PlannedBlocks = z.object({ items: z.array(PlannedBlock) });
