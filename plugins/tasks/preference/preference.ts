import { z } from 'zod';
import { WorkingHours } from './working-hours.ts';

/** What a person chose for tasks in one organisation; null: as the organisation has it, or no working hours. */
export const Preferences = z.object({
  workingHours: WorkingHours.nullable(),
  timerFollowsStatus: z
    .boolean()
    .nullable()
    .describe('Moving a task into “active” starts your timer on it, moving it out of there stops it'),
});
export type Preferences = z.infer<typeof Preferences>;

/** What is absent stays as it is; null clears. */
export const PreferencesPatch = z.strictObject({
  workingHours: WorkingHours.nullable().optional(),
  timerFollowsStatus: z.boolean().nullable().optional(),
});
export type PreferencesPatch = z.infer<typeof PreferencesPatch>;

export const noPreferences: Preferences = { workingHours: null, timerFollowsStatus: null };
