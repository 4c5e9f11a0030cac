/** The candidate that is most like a misspelt name, or undefined when none is like it. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const measured = candidates.map((candidate) => ({ candidate, distance: edits(name, candidate) }));
  measured.sort((a, b) => a.distance - b.distance);
  const best = measured[0];
  return best && best.distance <= Math.max(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** How many letters must be added, removed, changed or swapped with their neighbour. */
function edits(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const best = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next.push(swapped ? Math.min(best, before[j - 2]! + 1) : best);
    }
    before = row;
    row = next;
  }
  return row[to.length]!;
}
