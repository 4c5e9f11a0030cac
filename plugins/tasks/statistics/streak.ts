/** Days in a row, each one day after the one before. `days` are in order and different. */
export function streakOf(days: readonly string[], today: string): { current: number; longest: number } {
  let longest = 0;
  let run = 0;
  let last: string | undefined;
  for (const day of days) {
    run = last !== undefined && dayAfter(last) === day ? run + 1 : 1;
    longest = Math.max(longest, run);
    last = day;
  }
  // Today is not over, so a run that ended yesterday still stands.
  const stands = last !== undefined && (last >= today || dayAfter(last) === today);
  return { current: stands ? run : 0, longest };
}

const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
