import { z } from 'zod';
import { Id } from '../id.ts';

/** Who belongs to a project is told when it changes. Everybody in the organisation sees it all the same. */
export const ProjectMember = z.object({ person: z.uuid(), name: z.string(), addedAt: z.string() });
export type ProjectMember = z.infer<typeof ProjectMember>;

export const ProjectMembers = z.object({ items: z.array(ProjectMember) });

export const NewProjectMember = z.strictObject({ person: Id() });
