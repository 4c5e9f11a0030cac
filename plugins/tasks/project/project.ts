import { line, PageQuery, pageOf, text } from '@task-connect/sdk';
import { z } from 'zod';
import { Id } from '../id.ts';

/** What tasks belong together for. Projects lie in one another; an archived one takes no new tasks. */
export const Project = z.object({
  id: z.uuid(),
  name: z.string(),
  notes: z.string(),
  parent: z.uuid().nullable(),
  archived: z.boolean(),
  createdBy: z.uuid(),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.int(),
});
export type Project = z.infer<typeof Project>;

const notes = () => text(20_000);

export const NewProject = z.strictObject({
  name: line(200),
  notes: notes().default(''),
  parent: Id().nullable().default(null),
});
export type NewProject = z.infer<typeof NewProject>;

/** What is absent stays as it is; null clears. */
export const ProjectPatch = z.strictObject({
  name: line(200).optional(),
  notes: notes().nullable().optional(),
  parent: Id().nullable().optional(),
  archived: z.boolean().optional(),
});
export type ProjectPatch = z.infer<typeof ProjectPatch>;

export const ProjectQuery = PageQuery.extend({
  parent: z
    .union([Id(), z.literal('none')])
    .optional()
    .describe('A project’s id for those in it, or “none” for the topmost'),
  archived: z.stringbool().optional(),
});
export type ProjectQuery = z.infer<typeof ProjectQuery>;

export const ProjectPage = pageOf(Project);
