import { z } from 'zod';
import { Id } from '../id.ts';
import { NewRecurrence } from '../recurrence/recurrence.ts';
import { Priority } from '../task/task.ts';
import { When } from '../task/when.ts';
import { isEncoding } from './csv-text.ts';

export const ImportQuery = z.strictObject({
  format: z.enum(['todoist', 'csv']).describe('`todoist`: its CSV of a project. `csv`: one with a header'),
  preview: z.stringbool().default(false).describe('Say what would come of it, and keep nothing'),
  project: Id().optional().describe('Where tasks without a project of their own go, and what sections become part of'),
  encoding: z
    .string()
    .max(40)
    .refine(isEncoding, { error: 'There is no such encoding; give a name such as windows-1252 or shift_jis.' })
    .optional()
    .describe('Of a file without a byte order mark; UTF-8 is known by itself'),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

/** A task as it stands in a file. */
export const ImportedTask = z.object({
  row: z.int(),
  title: z.string(),
  notes: z.string(),
  priority: Priority,
  due: When.nullable(),
  recurrence: NewRecurrence.nullable(),
  labels: z.array(z.string()),
  project: z.string().nullable(),
  depth: z.int().describe('0 on top; others hang below the task before them that is higher up'),
  known: z.boolean().describe('It came in earlier, and is left as it is now'),
});
export type ImportedTask = z.infer<typeof ImportedTask>;

export const ImportReport = z.object({
  preview: z.boolean(),
  encoding: z.string(),
  columns: z.array(z.string()).describe('Those of the file that were understood'),
  projectsMade: z.int(),
  tasksMade: z.int(),
  tasksKnown: z.int(),
  faults: z
    .array(z.object({ row: z.int(), detail: z.string(), skipped: z.boolean() }))
    .describe('Rows as a spreadsheet numbers them. Not skipped: the task is in, without what was not understood'),
  tasks: z.array(ImportedTask).describe('The first hundred'),
});
export type ImportReport = z.infer<typeof ImportReport>;
