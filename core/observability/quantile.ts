/**
 * The value below which the share `q` of what a histogram counted lies, as Prometheus reckons it: as if within a bucket
 * the values were spread evenly. `counts` are those of each bucket alone, the last one being above all bounds, of which
 * no more is known than that: its answer is the highest bound. Null when nothing was counted.
 */
export function quantileOf(bounds: readonly number[], counts: readonly number[], q: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = q * total;
  let below = 0;
  for (const [at, bound] of bounds.entries()) {
    const count = counts[at] ?? 0;
    if (count > 0 && below + count >= rank) {
      const from = bounds[at - 1] ?? 0;
      return from + (bound - from) * Math.max(0, (rank - below) / count);
    }
    below += count;
  }
  return bounds.at(-1) ?? null;
}
