import { PageQuery, pageOf, plainDate, text } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';
import { Moment } from '../task/when.ts';

/** Time that one person spent, on a task or on none. While `endedAt` is null the timer runs. */
export const WorkLog = z.object({
  id: z.uuid(),
  task: z.uuid().nullable(),
  person: z.uuid(),
  note: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  seconds: z.int().nullable(),
  localDate: z.iso.date().describe('The day on which it began, in the zone that the person was in then'),
  zone: z.string(),
  version: z.int(),
});
export type WorkLog = z.infer<typeof WorkLog>;

const note = () => text(2_000);
const minutes = () => z.int().min(1).max(1_440);

/**
 * `startedAt` with `endedAt` or `minutes`: past work at that time. `minutes` alone: work that ends now. `startedAt`
 * alone or nothing: the timer starts.
 */
export const NewWorkLog = z.strictObject({
  task: Id().nullable().default(null),
  note: note().default(''),
  startedAt: Moment().optional(),
  endedAt: Moment().optional(),
  minutes: minutes().optional(),
});
export type NewWorkLog = z.infer<typeof NewWorkLog>;

/** What is absent stays as it is; null clears. */
export const WorkLogPatch = z.strictObject({
  task: Id().nullable().optional(),
  note: note().nullable().optional(),
  startedAt: Moment().optional(),
  endedAt: Moment().optional(),
});
export type WorkLogPatch = z.infer<typeof WorkLogPatch>;

export const WorkLogQuery = PageQuery.extend({
  task: Id().optional(),
  person: Id().optional().describe('Somebody else’s; your own when left out'),
  from: plainDate().optional().describe('The first day'),
  to: plainDate().optional().describe('The last day'),
});
export type WorkLogQuery = z.infer<typeof WorkLogQuery>;

export const WorkLogPage = pageOf(WorkLog);

export const Running = z.object({ running: WorkLog.nullable() });
