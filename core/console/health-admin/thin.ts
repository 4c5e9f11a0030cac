import { inARow, type Sample, together } from '../../observability/sample.ts';

// From fine to coarse, without a database.

export type Kept = { at: Temporal.Instant; sample: Sample };

export const tenMinutes = 600;

/** The start of the stretch of so many seconds in which an instant lies. */
export const slotOf = (at: Temporal.Instant, seconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at.epochMilliseconds / (seconds * 1000)) * seconds * 1000);

/** Rows of several processes as one for each instant. */
export const acrossProcesses = (rows: readonly Kept[]): Kept[] =>
  [...Map.groupBy(rows, ({ at }) => at.epochMilliseconds).values()].map((same) => ({
    at: same[0]!.at,
    sample: together(same.map(({ sample }) => sample)),
  }));

/** Rows, one for each instant, as one for each stretch of so many seconds. */
export const coarser = (rows: readonly Kept[], seconds: number): Kept[] =>
  [...Map.groupBy(rows, ({ at }) => slotOf(at, seconds).epochMilliseconds).values()].map((inSlot) => ({
    at: slotOf(inSlot[0]!.at, seconds),
    sample: inARow(inSlot.map(({ sample }) => sample)),
  }));

/** All that is kept, without saying anything twice: minutes count where no coarse row has taken them in yet. */
export function allOf(minutes: readonly Kept[], coarse: readonly Kept[]): Kept[] {
  const taken = new Set(coarse.map(({ at }) => at.epochMilliseconds));
  return [...coarse, ...minutes.filter(({ at }) => !taken.has(slotOf(at, tenMinutes).epochMilliseconds))];
}
