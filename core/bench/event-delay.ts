/** Milliseconds from publish to the handler's commit, as the platform's own histogram at /metrics tells of a queue. */
export async function eventDelay(base: string, queue: string): Promise<{ median: number; p99: number; count: number }> {
  const text = await (await fetch(`${base}/metrics`)).text();
  const counts = new Map<number, number>();
  for (const [, limit, labels, count] of text.matchAll(/event_delay_seconds_bucket\{le="([^"]+)",([^}]*)\} (\d+)/g)) {
    if (!labels!.includes(`queue="${queue}"`)) continue;
    const seconds = Number(limit === '+Inf' ? Number.POSITIVE_INFINITY : limit);
    counts.set(seconds, (counts.get(seconds) ?? 0) + Number(count));
  }
  const buckets = [...counts].sort((a, b) => a[0] - b[0]);
  const total = counts.get(Number.POSITIVE_INFINITY) ?? 0;
  const quantile = (share: number): number => {
    let [low, below] = [0, 0];
    for (const [limit, count] of buckets) {
      const within = (share * total - below) / Math.max(1, count - below);
      if (count >= share * total) return (low + (limit - low) * within) * 1000;
      [low, below] = [limit, count];
    }
    return Number.NaN;
  };
  return { median: quantile(0.5), p99: quantile(0.99), count: total };
}
