/** The chosen keys when one goes from one row to another with Shift: what was chosen before, and all between both. */
export function chooseRange(
  keys: readonly string[],
  before: ReadonlySet<string>,
  from: number,
  to: number,
): ReadonlySet<string> {
  return new Set([...before, ...keys.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}
