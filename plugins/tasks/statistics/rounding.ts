import { z } from 'zod';

// Time is rounded up to a unit, either each entry by itself or what a day comes to. Which of the two is said wherever
// rounded time is shown, because the same entries give different sums.

export const RoundPer = z.enum(['entry', 'day']);
export type RoundPer = z.infer<typeof RoundPer>;

export const Rounding = z.object({
  minutes: z.int().describe('Time is rounded up to a multiple of this'),
  per: RoundPer.describe(
    '`entry`: each entry by itself. `day`: the sum of a day, in projects that of the project’s day',
  ),
});
export type Rounding = z.infer<typeof Rounding>;

export const roundMinutes = () => z.int().min(0).max(480);

/** The rounding that is meant: as asked for, else as the settings have it; null where nothing is rounded. */
export function roundingOf(
  asked: { round?: number; per?: RoundPer },
  settings: { roundTo: number; roundPer: RoundPer },
): Rounding | null {
  const minutes = asked.round ?? settings.roundTo;
  return minutes === 0 ? null : { minutes, per: asked.per ?? settings.roundPer };
}

/** Seconds up to a whole unit. */
export const roundedUp = (seconds: number, { minutes }: Rounding): number =>
  Math.ceil(seconds / (minutes * 60)) * minutes * 60;

/** What entries of one day come to. */
export const roundedDay = (seconds: readonly number[], rounding: Rounding): number =>
  rounding.per === 'entry'
    ? seconds.reduce((sum, each) => sum + roundedUp(each, rounding), 0)
    : roundedUp(
        seconds.reduce((sum, each) => sum + each, 0),
        rounding,
      );
