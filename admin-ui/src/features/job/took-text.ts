import { durationText } from '@task-connect/console';

/** How long a run took: `320 ms`, `4.2 s`, `3 min`. */
export function tookText(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000).toLocaleString()} ms`;
  if (seconds < 60) return `${(Math.round(seconds * 10) / 10).toLocaleString()} s`;
  return durationText(seconds);
}
