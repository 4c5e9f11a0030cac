import { plainDate } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';
import { RoundPer } from '../statistics/rounding.ts';

const format = z.enum(['csv', 'json']).default('csv');

export const TaskExportQuery = z.strictObject({
  format,
  project: Id().optional().describe('Of this project alone'),
});

export const WorkExportQuery = z.strictObject({
  format,
  from: plainDate().describe('The first day'),
  to: plainDate().describe('The last day'),
  round: z.coerce.number().int().min(0).max(480).optional().describe('Minutes to round time up to; 0: not at all'),
  per: RoundPer.optional().describe('What is rounded: each entry, or what a project’s day comes to'),
});
export type WorkExportQuery = z.infer<typeof WorkExportQuery>;
