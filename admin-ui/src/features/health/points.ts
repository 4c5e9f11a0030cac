/** The values of a line with the instants at which their stretches began. */
export function pointsOf(from: string, stepSeconds: number, values: readonly (number | null)[]) {
  const start = Temporal.Instant.from(from);
  return values.map((value, index) => ({ at: start.add({ seconds: index * stepSeconds }).toString(), value }));
}

/** Where requests failed most: what a person looks for first. */
export function worstErrors(points: readonly { at: string; value: number | null }[], most = 1) {
  return points
    .filter((point): point is { at: string; value: number } => (point.value ?? 0) > 0)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, most)
    .toSorted((a, b) => a.at.localeCompare(b.at));
}
